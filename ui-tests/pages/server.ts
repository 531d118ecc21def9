import { type APIRequestContext, expect } from '@playwright/test';

import { type INotebookOptions, notebookOf, people, peopleCells } from './notebooks';

const ROOT = `http://127.0.0.1:${process.env.COOKHOUSE_TEST_PORT ?? 9188}`;

interface IThing {
  id: string;
  name: string;
  job: string;
  state: string;
}

/** The server itself, for what a test needs before it looks at the screen. */
export class Server {
  constructor(private readonly request: APIRequestContext) {}

  /** Put a text below the server's root. */
  async writeFile(path: string, content: string): Promise<void> {
    const data = { type: 'file', format: 'text', content };
    const answer = await this.request.put(`${ROOT}/api/contents/${path}`, { data });
    expect(answer.ok()).toBe(true);
  }

  /** Put a notebook of these cells below the server's root. */
  async writeNotebook(
    path: string,
    cells: readonly string[],
    options?: INotebookOptions
  ): Promise<void> {
    await this.writeFile(path, JSON.stringify(notebookOf(cells, options)));
  }

  /** Put a notebook that learns from people, and its CSV beside it. */
  async writePeople(name: string): Promise<string> {
    await this.writeFile(`${name}.csv`, people(160));
    await this.writeNotebook(`${name}.ipynb`, peopleCells(`${name}.csv`));
    return `${name}.ipynb`;
  }

  /** Make and prove a recipe of a notebook. */
  async makeRecipe(notebook: string, name: string): Promise<void> {
    const job = await this.post('recipes', { notebook, name });
    await this.finished(`jobs/${job.id}`);
  }

  /** Train a model of a recipe; returns the id of its run. */
  async makeModel(recipe: string, name: string): Promise<string> {
    const run = await this.post('models', { recipe, name });
    await this.finished(`models/${name}/runs/${run.id}`);
    return run.id;
  }

  /** Publish a model as a service of the same name. */
  async makeService(model: string): Promise<void> {
    await this.post('services', { model, name: model });
    await this.finished(`services/${model}`, 'running');
  }

  /** Make a dataset of one batch from a CSV. */
  async makeDataset(name: string, csv: string): Promise<void> {
    await this.writeFile(`${name}.csv`, csv);
    const job = await this.post(`datasets/${name}/batches`, { paths: [`${name}.csv`] });
    await this.finished(`jobs/${job.id}`);
  }

  /** What the server says of a thing. */
  async get<T = IThing>(path: string): Promise<T> {
    return (await this.request.get(`${ROOT}/cookhouse/api/${path}`)).json();
  }

  /** The status that the server answers for a thing. */
  async status(path: string): Promise<number> {
    return (await this.request.get(`${ROOT}/cookhouse/api/${path}`)).status();
  }

  private async post(path: string, data: unknown): Promise<IThing> {
    const answer = await this.request.post(`${ROOT}/cookhouse/api/${path}`, { data });
    expect(answer.ok(), await answer.text()).toBe(true);
    return answer.json();
  }

  private async finished(path: string, state = 'succeeded'): Promise<void> {
    await expect
      .poll(async () => (await this.get(path)).state, { timeout: 240_000 })
      .toMatch(new RegExp(`^(${state}|failed|cancelled|lost)$`));
    expect((await this.get(path)).state).toBe(state);
  }
}
