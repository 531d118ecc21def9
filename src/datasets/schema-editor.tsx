import { useQueryClient } from '@tanstack/react-query';
import React, { useState } from 'react';

import { Failure, sentenceOf } from '../border/failure';
import { useRequest, useTrans } from '../shared/room-widget';
import { annotate, type Dataset, type FieldNote, type SchemaField, useSchema } from './api';
import { Caret, type ISeen, seen, useClosed } from './schema-tree';

/** The fields of a dataset with what people say of them, which can be changed here. */
export function SchemaEditor(props: { dataset: Dataset }): JSX.Element {
  const trans = useTrans();
  const { name, rows } = props.dataset;
  const schema = useSchema(name);
  const { save, problem } = useSave(name);
  const [closed, toggle] = useClosed();
  if (schema.error && !schema.data) {
    return (
      <p className="ck-Problem" role="alert">
        {sentenceOf(schema.error)}
      </p>
    );
  }
  if (!schema.data) {
    return <p className="ck-Empty">{trans.__('Loading…')}</p>;
  }
  if (schema.data.fields.length === 0) {
    return (
      <p className="ck-Empty">
        {rows === 0
          ? trans.__('No schema yet: the first batch gives it.')
          : trans.__('This dataset has no fields.')}
      </p>
    );
  }
  const { etag, leaves } = schema.data;
  return (
    <div className="ck-Schema">
      {problem && (
        <p className="ck-Problem" role="alert">
          {problem}
        </p>
      )}
      <table className="ck-Table" aria-label={trans.__('Schema of %1', name)}>
        <thead>
          <tr>
            <th scope="col">{trans.__('Field')}</th>
            <th scope="col">{trans.__('Type')}</th>
            <th scope="col">{trans.__('Description')}</th>
            <th scope="col">{trans.__('Identity')}</th>
            <th scope="col">{trans.__('Mark')}</th>
          </tr>
        </thead>
        <tbody>
          {seen(schema.data.fields, closed).map(row => (
            <FieldLine
              key={row.field.path}
              row={row}
              onToggle={() => toggle(row.field.path)}
              onNote={note => void save(etag, { path: row.field.path, ...note })}
            />
          ))}
        </tbody>
      </table>
      <p className="ck-Muted">{trans._n('%1 column', '%1 columns', leaves)}</p>
    </div>
  );
}

/** Saving of notes; on a change by somebody else the newest is read and the sentence shown. */
function useSave(name: string): {
  save: (etag: string, note: FieldNote) => Promise<void>;
  problem: string;
} {
  const request = useRequest();
  const queries = useQueryClient();
  const [problem, setProblem] = useState('');
  const save = async (etag: string, note: FieldNote): Promise<void> => {
    try {
      const schema = await annotate(request, name, etag, note);
      queries.setQueryData(['datasets', 'schema', name], schema);
      setProblem('');
    } catch (error) {
      setProblem(sentenceOf(error));
      if (error instanceof Failure && error.status >= 400) {
        await queries.invalidateQueries({ queryKey: ['datasets', 'schema', name] });
      }
    }
  };
  return { save, problem };
}

type Note = Omit<FieldNote, 'path'>;

function FieldLine(props: {
  row: ISeen;
  onToggle: () => void;
  onNote: (note: Note) => void;
}): JSX.Element {
  const trans = useTrans();
  const { field, depth, open } = props.row;
  const inner = field.fields.length > 0;
  return (
    <tr>
      <th scope="row" style={{ paddingInlineStart: `${depth * 16 + 4}px` }} title={field.path}>
        {inner ? (
          <button
            type="button"
            className="ck-Schema-field"
            aria-expanded={open}
            onClick={props.onToggle}
          >
            <Caret inner open={open} />
            {field.name}
          </button>
        ) : (
          <span className="ck-Schema-field">
            <Caret inner={false} open={false} />
            {field.name}
          </span>
        )}
      </th>
      <td className="ck-Tree-type">
        {field.type}
        {!field.nullable && <span title={trans.__('Needed in every row')}> *</span>}
      </td>
      <td>
        <Description field={field} onNote={props.onNote} />
      </td>
      <td>
        {!inner && (
          <input
            type="checkbox"
            aria-label={trans.__('%1 identifies a row', field.path)}
            checked={field.identity}
            onChange={event => props.onNote({ identity: event.target.checked })}
          />
        )}
      </td>
      <td>{!inner && <Mark field={field} onNote={props.onNote} />}</td>
    </tr>
  );
}

/** Saved when the field is left or Enter is pressed; Escape takes back. */
function Description(props: { field: SchemaField; onNote: (note: Note) => void }): JSX.Element {
  const trans = useTrans();
  const { path, description } = props.field;
  const [text, setText] = useState(description);
  const [stored, setStored] = useState(description);
  if (stored !== description) {
    setStored(description);
    setText(description);
  }
  return (
    <input
      className="ck-Schema-description"
      aria-label={trans.__('Description of %1', path)}
      placeholder={trans.__('Describe…')}
      value={text}
      maxLength={2000}
      onChange={event => setText(event.target.value)}
      onBlur={() => {
        if (text.trim() !== description) {
          props.onNote({ description: text.trim() });
        }
      }}
      onKeyDown={event => {
        if (event.key === 'Enter') {
          event.currentTarget.blur();
        } else if (event.key === 'Escape') {
          setText(description);
        }
      }}
    />
  );
}

function Mark(props: { field: SchemaField; onNote: (note: Note) => void }): JSX.Element {
  const trans = useTrans();
  const { path, mark } = props.field;
  return (
    <select
      className="ck-Schema-mark"
      aria-label={trans.__('Mark of %1', path)}
      value={mark ?? 'none'}
      onChange={event => props.onNote({ mark: event.target.value as Note['mark'] })}
    >
      <option value="none">–</option>
      <option value="feature">{trans.__('Feature')}</option>
      <option value="target">{trans.__('Target')}</option>
    </select>
  );
}
