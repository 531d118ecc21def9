import { UUID } from '@lumino/coreutils';
import React from 'react';

import { ModelField } from '../shared/choices';
import { TextField } from '../shared/fields';
import { askWithForm, type IFormBody } from '../shared/form-dialog';
import { type IRoomContext, useTrans } from '../shared/room-widget';
import { publish, type Service } from './api';
import { freshKeys } from './fresh-keys';

interface IChoices {
  model: string;
  name: string;
  description: string;
}

/** Ask for a name and publish a run; null when dismissed. */
export async function askForPublishing(
  context: IRoomContext,
  model: string,
  run?: string
): Promise<Service | null> {
  const trans = context.translator.load('cookhouse');
  const { request, queries } = context.border;
  const key = UUID.uuid4();
  const service = await askWithForm<IChoices, Service>(context, {
    title: trans.__('Publish %1', model || trans.__('a model')),
    submit: trans.__('Publish'),
    initial: { model, name: model, description: '' },
    body: form => <PublishFields form={form} chosen={model} />,
    missing: value => {
      if (!value.model) {
        return trans.__('Choose a model.');
      }
      return value.name ? null : trans.__('Name the service.');
    },
    send: value =>
      publish(
        request,
        {
          model: value.model,
          run: run ?? null,
          name: value.name,
          description: value.description,
          accept: false
        },
        key
      )
  });
  if (service) {
    if (service.key) {
      freshKeys.put(service.name, service.key);
    }
    void queries.invalidateQueries({ queryKey: ['services'] });
  }
  return service;
}

function PublishFields(props: { form: IFormBody<IChoices>; chosen: string }): JSX.Element {
  const trans = useTrans();
  const { value, change } = props.form;
  return (
    <>
      {!props.chosen && (
        <ModelField
          value={value.model}
          onChange={model => change({ model, name: value.name || model })}
        />
      )}
      <TextField
        label={trans.__('Service name')}
        help={trans.__('The name of a service that stands makes its next version.')}
        value={value.name}
        onChange={name => change({ name })}
      />
      <TextField
        label={trans.__('Description')}
        value={value.description}
        onChange={description => change({ description })}
      />
    </>
  );
}
