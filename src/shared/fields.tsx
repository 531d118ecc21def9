import React from 'react';

/** One choice of a `SelectField`. */
export interface IChoice {
  value: string;
  label: string;
}

/** A labelled select in the Lab's style. */
export function SelectField(props: {
  label: string;
  help?: string;
  value: string;
  choices: readonly IChoice[];
  onChange: (value: string) => void;
}): JSX.Element {
  const id = React.useId();
  return (
    <div className="ck-Field">
      <label htmlFor={id}>{props.label}</label>
      <div className="jp-select-wrapper">
        <select
          id={id}
          className="jp-mod-styled"
          value={props.value}
          aria-describedby={props.help ? `${id}-help` : undefined}
          onChange={event => props.onChange(event.target.value)}
        >
          {props.choices.map(choice => (
            <option key={choice.value} value={choice.value}>
              {choice.label}
            </option>
          ))}
        </select>
      </div>
      {props.help && (
        <p id={`${id}-help`} className="ck-Field-help">
          {props.help}
        </p>
      )}
    </div>
  );
}

/** A labelled line of text in the Lab's style; `suggestions` are offered while typing. */
export function TextField(props: {
  label: string;
  help?: string;
  value: string;
  placeholder?: string;
  suggestions?: readonly string[];
  onChange: (value: string) => void;
}): JSX.Element {
  const id = React.useId();
  return (
    <div className="ck-Field">
      <label htmlFor={id}>{props.label}</label>
      <input
        id={id}
        className="jp-mod-styled"
        type="text"
        value={props.value}
        placeholder={props.placeholder}
        list={props.suggestions ? `${id}-list` : undefined}
        aria-describedby={props.help ? `${id}-help` : undefined}
        onChange={event => props.onChange(event.target.value)}
      />
      {props.suggestions && (
        <datalist id={`${id}-list`}>
          {props.suggestions.map(text => (
            <option key={text} value={text} />
          ))}
        </datalist>
      )}
      {props.help && (
        <p id={`${id}-help`} className="ck-Field-help">
          {props.help}
        </p>
      )}
    </div>
  );
}
