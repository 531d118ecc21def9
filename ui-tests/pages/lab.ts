import { expect, type IJupyterLabPageFixture } from '@jupyterlab/galata';
import type { Locator } from '@playwright/test';

const PORT = Number(process.env.COOKHOUSE_TEST_PORT ?? 9188);

/** The parts of the Lab that tests of every room use. */
export class Lab {
  constructor(readonly page: IJupyterLabPageFixture) {}

  /** The Cookhouse panel, brought to the front. */
  async panel(): Promise<Locator> {
    const panel = this.page.getByRole('region', { name: 'Cookhouse', exact: true });
    await this.execute('cookhouse:show-panel');
    await expect(panel).toBeVisible();
    return panel;
  }

  /** Run a command as the palette does. */
  async execute(command: string, args: Record<string, string | number> = {}): Promise<void> {
    await this.page.evaluate(
      ([id, values]) => void window.jupyterapp.commands.execute(id as string, values as never),
      [command, args]
    );
  }

  /** Open a notebook and wait until its marks are drawn. */
  async openNotebook(path: string): Promise<Locator> {
    await this.execute('docmanager:open', { path });
    const name = path.split('/').pop() ?? path;
    await expect(this.page.getByRole('tab', { name }).first()).toBeVisible();
    const notebook = this.page.locator('.jp-NotebookPanel:visible');
    await expect(notebook.locator('.ck-Mark').first()).toBeVisible();
    return notebook;
  }

  /** Press one of the five actions of the open notebook, in the panel. */
  async action(label: string): Promise<void> {
    const panel = await this.panel();
    const button = panel.getByRole('button', { name: label, exact: true });
    await expect(button).toBeEnabled();
    await button.click();
  }

  /** The page in front, by its title. */
  async mainPage(title: string | RegExp): Promise<Locator> {
    const page = this.page.locator('.ck-Page:visible').filter({
      has: this.page.getByRole('heading', { level: 2, name: title })
    });
    await expect(page).toBeVisible();
    return page;
  }

  /** The Jupyter server, ended and started again. */
  async restartServer(how: 'restart' | 'kill' = 'restart'): Promise<void> {
    await this.page.request.post(`http://127.0.0.1:${PORT + 1}/${how}`, { timeout: 60_000 });
    await expect
      .poll(
        async () => {
          try {
            return (await this.api('get', 'status')).status();
          } catch {
            return 0;
          }
        },
        { timeout: 60_000 }
      )
      .toBe(200);
  }

  /** Ask the server itself, for what a test compares the screen with. */
  async api(method: 'get' | 'post', path: string, data?: unknown) {
    const address = `http://127.0.0.1:${PORT}/cookhouse/api/${path}`;
    return method === 'get'
      ? this.page.request.get(address)
      : this.page.request.post(address, { data });
  }
}
