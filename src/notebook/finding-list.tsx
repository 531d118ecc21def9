import { errorIcon, infoIcon, type LabIcon } from '@jupyterlab/ui-components';
import React from 'react';

import { useTrans } from '../shared/room-widget';
import type { Finding } from './findings';
import type { IOpenNotebook } from './tokens';

const ICONS: Record<Finding['severity'], LabIcon> = {
  error: errorIcon,
  warning: infoIcon,
  info: infoIcon
};
const ORDER: Finding['severity'][] = ['error', 'warning', 'info'];

/** What to know or to mend; a row leads to its cell, and where it can, mends it in one click. */
export function FindingList(props: {
  notebook: IOpenNotebook;
  findings: readonly Finding[];
  reveal: (cell: string) => void;
  fix: (finding: Finding) => void;
}): JSX.Element | null {
  const trans = useTrans();
  if (props.findings.length === 0) {
    return null;
  }
  const sorted = [...props.findings].sort(
    (one, other) => ORDER.indexOf(one.severity) - ORDER.indexOf(other.severity)
  );
  const cells = props.notebook.request().cells.map(cell => cell.id);
  return (
    <ul className="ck-Findings" aria-label={trans.__('Findings')}>
      {sorted.map((finding, index) => (
        <Row
          key={`${finding.code}:${finding.cell}:${finding.line}:${index}`}
          finding={finding}
          place={cells.indexOf(finding.cell)}
          reveal={props.reveal}
          fix={props.fix}
        />
      ))}
    </ul>
  );
}

function Row(props: {
  finding: Finding;
  place: number;
  reveal: (cell: string) => void;
  fix: (finding: Finding) => void;
}): JSX.Element {
  const trans = useTrans();
  const { finding, place } = props;
  const icon = ICONS[finding.severity];
  const words = [finding.what, finding.why, finding.fix].filter(Boolean);
  return (
    <li className={`ck-Finding ck-mod-${finding.severity}`}>
      <icon.react tag="span" className="ck-Finding-icon" aria-hidden="true" />
      <button
        type="button"
        className="ck-Finding-text"
        title={words.join('\n')}
        onClick={() => props.reveal(finding.cell)}
      >
        <span className="ck-Finding-what">{finding.what}</span>
        {finding.fix && <span className="ck-Finding-advice">{finding.fix}</span>}
        {place >= 0 && (
          <span className="ck-Finding-place">
            {trans.__('Cell %1, line %2', place + 1, finding.line)}
          </span>
        )}
      </button>
      {finding.edits.length > 0 && (
        <button
          type="button"
          className="ck-Finding-fix ck-Button ck-mod-small jp-mod-styled jp-mod-reject"
          title={trans.__('Change the cell so that this is mended; Undo takes it back')}
          onClick={() => props.fix(finding)}
        >
          {trans.__('Fix')}
        </button>
      )}
    </li>
  );
}
