import React, { useState } from 'react';

import { useTrans } from '../shared/room-widget';

const LAB_FILES = 'application/x-jupyter-icontents';

/**
 * A place on which files can be dropped: from the computer, and from the Lab's own file browser
 * (whose drags are Lumino's and carry paths).
 */
export function DropPlace(props: {
  onFiles: (files: File[]) => void;
  onPaths: (paths: string[]) => void;
  children: React.ReactNode;
}): JSX.Element {
  const trans = useTrans();
  const [over, setOver] = useState(false);
  const place = React.useRef<HTMLDivElement>(null);
  const onPaths = React.useRef(props.onPaths);
  onPaths.current = props.onPaths;
  React.useEffect(() => {
    const node = place.current;
    return node ? followLabDrags(node, setOver, paths => onPaths.current(paths)) : undefined;
  }, []);
  return (
    <div
      ref={place}
      className={`ck-Drop${over ? ' ck-mod-over' : ''}`}
      onDragOver={event => {
        if (event.dataTransfer.types.includes('Files')) {
          event.preventDefault();
          event.dataTransfer.dropEffect = 'copy';
          setOver(true);
        }
      }}
      onDragLeave={event => {
        if (!event.currentTarget.contains(event.relatedTarget as Node | null)) {
          setOver(false);
        }
      }}
      onDrop={event => {
        setOver(false);
        const files = [...event.dataTransfer.files];
        if (files.length) {
          event.preventDefault();
          event.stopPropagation();
          props.onFiles(files);
        }
      }}
    >
      {props.children}
      {over && (
        <div className="ck-Drop-words">{trans.__('Drop files to add them as one batch')}</div>
      )}
    </div>
  );
}

/** The part of a Lumino drag event that is used here. */
interface ILabDrag extends Event {
  mimeData: { hasData(type: string): boolean; getData(type: string): unknown };
  dropAction: string;
}

function followLabDrags(
  node: HTMLElement,
  setOver: (over: boolean) => void,
  onPaths: (paths: string[]) => void
): () => void {
  const onDrag = (event: Event): void => {
    const drag = event as ILabDrag;
    if (!drag.mimeData.hasData(LAB_FILES)) {
      return;
    }
    event.preventDefault();
    event.stopPropagation();
    setOver(event.type === 'lm-dragenter' || event.type === 'lm-dragover');
    drag.dropAction = event.type === 'lm-dragleave' ? 'none' : 'copy';
    if (event.type === 'lm-drop') {
      onPaths(drag.mimeData.getData(LAB_FILES) as string[]);
    }
  };
  const types = ['lm-dragenter', 'lm-dragover', 'lm-dragleave', 'lm-drop'];
  types.forEach(type => node.addEventListener(type, onDrag));
  return () => types.forEach(type => node.removeEventListener(type, onDrag));
}
