import { Notification } from '@jupyterlab/apputils';
import type { TranslationBundle } from '@jupyterlab/translation';

import type { Request } from '../border/request';
import { NO_BAR } from '../shared/notify';
import type { IChosen } from './ingest-dialog';
import { sendFile } from './upload';

const CLOSE_AFTER = 5_000;

/** The sending of chosen files, with one notification that shows how far it is. */
export class Sending {
  constructor(
    private readonly chosen: IChosen,
    private readonly trans: TranslationBundle
  ) {}

  /** The notification, once there is something to send. */
  notification: string | undefined;

  /** True when the person stopped it. */
  get wasCancelled(): boolean {
    return this.stop.signal.aborted;
  }

  /** Send all files one after the other; returns the ids of their uploads. */
  async send(request: Request): Promise<string[]> {
    const { files } = this.chosen;
    const total = files.reduce((sum, file) => sum + file.size, 0);
    const uploads: string[] = [];
    let before = 0;
    for (const file of files) {
      this.tell(file, total ? before / total : 1);
      const sent = await sendFile(request, file, {
        signal: this.stop.signal,
        onProgress: now => this.tell(file, (before + now) / total)
      });
      uploads.push(sent.id);
      before += file.size;
    }
    return uploads;
  }

  private tell(file: File, progress: number): void {
    const message = this.trans.__('Sending %1', file.name);
    if (this.notification !== undefined) {
      // A full bar closes the notification, which the job goes on with.
      Notification.update({ id: this.notification, message, progress: Math.min(progress, 0.99) });
      return;
    }
    const cancel = { label: this.trans.__('Cancel'), callback: this.cancel };
    const options = { autoClose: false as const, progress, actions: [cancel] };
    this.notification = Notification.emit(message, 'in-progress', options);
  }

  private readonly cancel = (event: MouseEvent): void => {
    event.preventDefault();
    this.stop.abort();
    Notification.update({
      id: this.notification ?? '',
      message: this.trans.__('Cancelled: nothing was added to %1', this.chosen.name),
      type: 'default',
      actions: [],
      autoClose: CLOSE_AFTER,
      progress: NO_BAR
    });
  };

  private readonly stop = new AbortController();
}
