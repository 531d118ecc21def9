import { useQuery } from '@tanstack/react-query';
import React, { useMemo, useRef, useState } from 'react';

import { sentenceOf } from '../border/failure';
import type { Message } from '../border/request';
import type { IOpenNotebook } from '../notebook/tokens';
import { SelectField, TextField } from '../shared/fields';
import { useFirstFocus } from '../shared/focus';
import type { Job } from '../shared/job';
import { useRequest, useTrans } from '../shared/room-widget';
import { Waiting } from '../shared/waiting';
import { analyse, createRecipe } from './api';
import { Bindings, Findings, Hyperparameters, Memory } from './facts';
import { StageOverview } from './stages';
import { againstName, nameFor } from './words';

type Analysis = Message<'Analysis'>;

interface IProps {
  notebook: IOpenNotebook;
  /** Why the last try made no recipe. */
  failure: string | null;
  started: (job: Job) => void;
  close: () => void;
  open: (cell: string) => void;
}

/** What a recipe of the notebook would be, before it is made. */
export function Preview(props: IProps): JSX.Element {
  const trans = useTrans();
  const { notebook } = props;
  const place = useFirstFocus<HTMLFormElement>();
  const [name, setName] = useState(notebook.recipe?.name ?? nameFor(notebook.path));
  const [model, setModel] = useState<string | null>(null);
  const { analysis, problem } = usePreview(notebook, model);
  const { send, sending, refusal } = useCreation(notebook, name, model, props.started);
  const against = againstName(name, trans) ?? againstAnalysis(analysis, trans);
  const failure = refusal ?? problem ?? props.failure;
  return (
    <form
      ref={place}
      className="ck-CreateRecipe-page"
      onSubmit={event => {
        event.preventDefault();
        if (!against) {
          void send();
        }
      }}
    >
      <div className="ck-CreateRecipe-fields">
        <TextField
          label={trans.__('Name')}
          help={trans.__('The same name from the same notebook makes the next version.')}
          value={name}
          onChange={value => setName(value.trim())}
        />
        {analysis && <ModelField analysis={analysis} value={model} onChange={setModel} />}
      </div>
      <div className="ck-CreateRecipe-facts" tabIndex={0} aria-label={trans.__('What it will be')}>
        {analysis ? (
          <Facts analysis={analysis} notebook={notebook} open={props.open} />
        ) : (
          !problem && <Waiting />
        )}
      </div>
      {failure && (
        <p className="ck-Problem" role="alert">
          {failure}
        </p>
      )}
      <div className="ck-CreateRecipe-buttons">
        {against && <span className="ck-Muted">{against}</span>}
        <button
          type="button"
          className="jp-Dialog-button jp-mod-styled jp-mod-reject"
          onClick={props.close}
        >
          {trans.__('Cancel')}
        </button>
        <button
          type="submit"
          className="jp-Dialog-button jp-mod-styled jp-mod-accept"
          disabled={against !== null}
          aria-busy={sending}
        >
          {sending ? trans.__('Starting…') : trans.__('Create Recipe')}
        </button>
      </div>
    </form>
  );
}

function usePreview(
  notebook: IOpenNotebook,
  model: string | null
): { analysis: Analysis | undefined; problem: string | null } {
  const request = useRequest();
  const body = useMemo(() => ({ ...notebook.request(), model }), [notebook, model]);
  const { data, error } = useQuery({
    queryKey: ['notebooks', 'preview', body],
    queryFn: ({ signal }) => analyse(request, body, signal),
    placeholderData: before => before ?? notebook.analysis ?? undefined
  });
  return { analysis: data, problem: error ? sentenceOf(error) : null };
}

/** Sending: saved first, once however often it is pressed, and its refusal in words. */
function useCreation(
  notebook: IOpenNotebook,
  name: string,
  model: string | null,
  started: (job: Job) => void
): { send: () => Promise<void>; sending: boolean; refusal: string | null } {
  const request = useRequest();
  const [sending, setSending] = useState(false);
  const [refusal, setRefusal] = useState<string | null>(null);
  const busy = useRef(false);
  const send = async (): Promise<void> => {
    if (busy.current) {
      return;
    }
    busy.current = true;
    setSending(true);
    setRefusal(null);
    try {
      await notebook.save();
      const body = { notebook: notebook.path, name, model, proof: true };
      started(await createRecipe(request, body, crypto.randomUUID()));
    } catch (error) {
      setRefusal(sentenceOf(error));
    } finally {
      busy.current = false;
      setSending(false);
    }
  };
  return { send, sending, refusal };
}

function againstAnalysis(
  analysis: Analysis | undefined,
  trans: ReturnType<typeof useTrans>
): string | null {
  if (!analysis) {
    return trans.__('The notebook is still being read.');
  }
  const error = analysis.findings.find(finding => finding.severity === 'error');
  return error ? error.what : null;
}

/** Which model, where the notebook fits several. */
function ModelField(props: {
  analysis: Analysis;
  value: string | null;
  onChange: (model: string) => void;
}): JSX.Element | null {
  const trans = useTrans();
  const { models } = props.analysis;
  if (models.length < 2) {
    return null;
  }
  const proposed = models.find(model => model.proposed) ?? models[0];
  const byVariable = new Map(models.map(model => [model.variable, model]));
  return (
    <SelectField
      label={trans.__('Model')}
      help={trans.__('This notebook fits several models. The recipe is made of one.')}
      value={props.value ?? proposed.variable}
      choices={Array.from(byVariable, ([variable, model]) => ({
        value: variable,
        label: `${variable}: ${model.estimator.split('.').pop()}`
      }))}
      onChange={props.onChange}
    />
  );
}

function Facts(props: {
  analysis: Analysis;
  notebook: IOpenNotebook;
  open: (cell: string) => void;
}): JSX.Element {
  const trans = useTrans();
  const { analysis, notebook, open } = props;
  const places = useMemo(
    () => new Map(notebook.request().cells.map((cell, index) => [cell.id, index + 1])),
    [notebook]
  );
  const placed = { places, open };
  return (
    <>
      {analysis.findings.length > 0 && <Findings items={analysis.findings} {...placed} />}
      <h3>{trans.__('Stages')}</h3>
      <StageOverview statements={analysis.statements} {...placed} />
      <h3>{trans.__('Hyperparameters')}</h3>
      <Hyperparameters items={analysis.hyperparameters} {...placed} />
      <h3>{trans.__('Where the rows come from')}</h3>
      <Bindings items={analysis.bindings} {...placed} />
      <h3>{trans.__('What it will remember when scoring')}</h3>
      <Memory items={analysis.memory} />
    </>
  );
}
