import { useMutation } from '@tanstack/react-query';
import React from 'react';

import { metric } from '../shared/format';
import { useRequest, useTrans } from '../shared/room-widget';
import { SchemaForm } from '../shared/schema-form';
import { Failed } from '../shared/waiting';
import { invoke, type Service } from './api';
import { rowOf, rowSchema } from './row-schema';

/** A form for one row, filled with an example, and what the service says of it. */
export function TryRow(props: { service: Service }): JSX.Element {
  const trans = useTrans();
  const request = useRequest();
  const { service } = props;
  const columns = service.input_columns ?? [];
  const example = React.useMemo(() => service.example ?? {}, [service.example]);
  const [values, setValues] = React.useState<Record<string, unknown>>(example);
  const schema = React.useMemo(
    () => rowSchema(service.input_columns ?? [], example),
    [service.input_columns, example]
  );
  const { mutate, data, error, isPending } = useMutation({
    mutationFn: () => invoke(request, service.name, [rowOf(columns, values)])
  });
  const running = service.state === 'running';
  return (
    <div className="ck-TryRow">
      <div className="ck-TryRow-form">
        <SchemaForm
          label={trans.__('A row')}
          schema={schema}
          data={values}
          onChange={next => setValues(next as Record<string, unknown>)}
        />
      </div>
      <div className="ck-TryRow-answer">
        <div className="ck-TryRow-buttons">
          <button
            type="button"
            className="ck-Button jp-mod-styled jp-mod-accept"
            disabled={isPending || !running}
            onClick={() => mutate()}
          >
            {trans.__('Predict')}
          </button>
          <button
            type="button"
            className="ck-Button jp-mod-styled jp-mod-reject"
            onClick={() => setValues(example)}
          >
            {trans.__('Reset to Example')}
          </button>
        </div>
        {!running && <p className="ck-Empty">{trans.__('Start the service to try a row.')}</p>}
        {error && <Failed error={error} />}
        {data && (
          <AnswerView
            prediction={data.predictions[0]}
            probability={data.probabilities?.[0]}
            reason={data.reasons?.[0]}
          />
        )}
      </div>
    </div>
  );
}

function AnswerView(props: {
  prediction: unknown;
  probability?: number | null;
  reason?: string | null;
}): JSX.Element {
  const trans = useTrans();
  const { prediction, probability, reason } = props;
  if (reason) {
    return (
      <p className="ck-Sentence ck-mod-bad" role="status">
        {trans.__('No prediction: %1', reason)}
      </p>
    );
  }
  return (
    <dl className="ck-TryRow-result" role="status" aria-label={trans.__('Answer of the service')}>
      <dt>{trans.__('Prediction')}</dt>
      <dd>{typeof prediction === 'number' ? metric(prediction) : String(prediction)}</dd>
      {typeof probability === 'number' && (
        <>
          <dt>{trans.__('Probability')}</dt>
          <dd title={String(probability)}>{metric(probability)}</dd>
        </>
      )}
    </dl>
  );
}
