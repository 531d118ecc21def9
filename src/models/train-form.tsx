import { UUID } from '@lumino/coreutils';
import React from 'react';

import type { Message, Request } from '../border/request';
import { choicesOf, useNames } from '../shared/choices';
import { SelectField, TextField } from '../shared/fields';
import { askWithForm, type IFormBody } from '../shared/form-dialog';
import { type IRoomContext, useTrans } from '../shared/room-widget';
import { SchemaForm } from '../shared/schema-form';
import { createModel, createRun, listModels, type Run } from './api';
import { changesOf, defaultsOf, problemOf, schemaOf } from './hyperparameters';

type Recipe = Message<'Recipe'>;

interface ITraining {
  /** The model to add a run to, or an empty text for a new one. */
  into: string;
  name: string;
  /** The dataset to train on, or an empty text for the notebook's own data. */
  dataset: string;
  values: Record<string, unknown>;
}

/** Ask how to train a recipe, and start the run; null when dismissed. */
export async function askForTraining(
  context: IRoomContext,
  recipe: Recipe,
  into?: string
): Promise<Run | null> {
  const trans = context.translator.load('cookhouse');
  const { request, queries } = context.border;
  const models = await listModels(request, recipe.name);
  const same = models.items.filter(model => model.recipe_version === recipe.version);
  const hyperparameters = recipe.hyperparameters ?? [];
  const key = UUID.uuid4();
  const words = (name: string, what: 'missing' | 'type' | 'range'): string =>
    ({
      missing: trans.__('Give a value for %1.', name),
      type: trans.__('%1 is not of the right type.', name),
      range: trans.__('%1 is out of its range.', name)
    })[what];
  const run = await askWithForm<ITraining, Run>(context, {
    title: trans.__('Train %1', recipe.name),
    submit: trans.__('Train'),
    initial: {
      into: into ?? same[0]?.name ?? '',
      name: '',
      dataset: '',
      values: defaultsOf(hyperparameters)
    },
    body: form => <TrainingFields form={form} recipe={recipe} models={same.map(m => m.name)} />,
    missing: value => problemOf(hyperparameters, value.values, words),
    send: value => start(request, recipe, value, key)
  });
  if (run) {
    void queries.invalidateQueries({ queryKey: ['models'] });
  }
  return run;
}

function start(request: Request, recipe: Recipe, value: ITraining, key: string): Promise<Run> {
  const hyperparameters = changesOf(recipe.hyperparameters ?? [], value.values);
  if (value.into) {
    return createRun(request, value.into, { hyperparameters }, key);
  }
  return createModel(
    request,
    {
      recipe: recipe.name,
      version: recipe.version,
      name: value.name || null,
      dataset: value.dataset || null,
      hyperparameters
    },
    key
  );
}

function TrainingFields(props: {
  form: IFormBody<ITraining>;
  recipe: Recipe;
  models: string[];
}): JSX.Element {
  const { form, recipe, models } = props;
  const trans = useTrans();
  const { value, change } = form;
  const hyperparameters = recipe.hyperparameters ?? [];
  return (
    <>
      {models.length > 0 && (
        <SelectField
          label={trans.__('Model')}
          value={value.into}
          choices={[
            ...models.map(name => ({ value: name, label: trans.__('Add a run to %1', name) })),
            { value: '', label: trans.__('New model') }
          ]}
          onChange={into => change({ into })}
        />
      )}
      {!value.into && <NewModelFields form={form} recipe={recipe} />}
      {hyperparameters.length > 0 ? (
        <fieldset className="ck-Form-group">
          <legend>{trans.__('Hyperparameters')}</legend>
          <SchemaForm
            label={trans.__('Hyperparameters')}
            schema={schemaOf(hyperparameters)}
            data={value.values}
            onChange={values => change({ values: values as Record<string, unknown> })}
          />
        </fieldset>
      ) : (
        <p className="ck-Field-help">{trans.__('This notebook has no hyperparameters to set.')}</p>
      )}
    </>
  );
}

function NewModelFields(props: { form: IFormBody<ITraining>; recipe: Recipe }): JSX.Element {
  const trans = useTrans();
  const { value, change } = props.form;
  const own = props.recipe.bindings?.map(binding => binding.source).join(', ');
  const datasets = useNames('datasets');
  return (
    <>
      <TextField
        label={trans.__('Model name')}
        value={value.name}
        placeholder={props.recipe.name}
        onChange={name => change({ name })}
      />
      <SelectField
        label={trans.__('Training data')}
        value={value.dataset}
        choices={choicesOf(
          datasets,
          trans.__("The notebook's own: %1", own || trans.__('as it reads'))
        )}
        onChange={dataset => change({ dataset })}
      />
    </>
  );
}
