import { UUID } from '@lumino/coreutils';
import React from 'react';

import { choicesOf, ModelField, useNames } from '../shared/choices';
import { SelectField, TextField } from '../shared/fields';
import { askWithForm, type IFormBody } from '../shared/form-dialog';
import { type IRoomContext, useTrans } from '../shared/room-widget';
import { createScoring, type Scoring } from './api';

interface IChoices {
  model: string;
  input: string;
  output: string;
}

/** Ask what to score into which dataset, and start; null when dismissed. */
export async function askForScoring(
  context: IRoomContext,
  model: string,
  run?: string
): Promise<Scoring | null> {
  const trans = context.translator.load('cookhouse');
  const { request, queries } = context.border;
  const key = UUID.uuid4();
  const scoring = await askWithForm<IChoices, Scoring>(context, {
    title: trans.__('Score with %1', model || trans.__('a model')),
    submit: trans.__('Score'),
    initial: { model, input: '', output: model ? `${model}-results` : '' },
    body: form => <ScoringFields form={form} chosen={model} />,
    missing: value => {
      if (!value.model) {
        return trans.__('Choose a model.');
      }
      if (!value.input) {
        return trans.__('Choose the dataset to score.');
      }
      return value.output ? null : trans.__('Name the dataset for the results.');
    },
    send: value =>
      createScoring(
        request,
        {
          model: value.model,
          run: run ?? null,
          input: value.input,
          output: value.output,
          accept: false
        },
        key
      )
  });
  if (scoring) {
    void queries.invalidateQueries({ queryKey: ['scoring'] });
  }
  return scoring;
}

function ScoringFields(props: { form: IFormBody<IChoices>; chosen: string }): JSX.Element {
  const trans = useTrans();
  const { value, change } = props.form;
  const names = useNames('datasets');
  return (
    <>
      {!props.chosen && (
        <ModelField
          value={value.model}
          onChange={model => change({ model, output: value.output || `${model}-results` })}
        />
      )}
      <SelectField
        label={trans.__('Input dataset')}
        help={trans.__('The rows to score; they need the columns that the notebook reads.')}
        value={value.input}
        choices={choicesOf(names, names.length ? trans.__('Choose…') : trans.__('No datasets yet'))}
        onChange={input => change({ input })}
      />
      <TextField
        label={trans.__('Output dataset')}
        help={trans.__('Gets one new batch; made where it is missing.')}
        value={value.output}
        suggestions={names}
        onChange={output => change({ output })}
      />
    </>
  );
}
