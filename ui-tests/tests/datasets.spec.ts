import { existsSync } from 'node:fs';

import type { Locator } from '@playwright/test';

import { Lab } from '../pages/lab';
import { expect, test } from '../pages/test';

const EVENTS = '/work/shared/data/luma_web_events.parquet';

interface IGiven {
  name: string;
  mimeType: string;
  buffer: Buffer;
}

function csv(name: string, content: string, encoding: BufferEncoding = 'utf8'): IGiven {
  return { name, mimeType: 'text/csv', buffer: Buffer.from(content, encoding) };
}

/** Fill the dialog in which files become one batch, and return the button that sends it. */
async function choose(lab: Lab, file: IGiven | string, name: string): Promise<Locator> {
  const panel = await lab.panel();
  await panel.getByRole('button', { name: 'Add data to a dataset' }).click();
  const dialog = lab.page.getByRole('dialog');
  await dialog.getByLabel('Files').setInputFiles(file);
  await dialog.getByLabel('Dataset', { exact: true }).fill(name);
  return dialog.getByRole('button', { name: 'Add as one batch' });
}

async function openDataset(lab: Lab, name: string): Promise<Locator> {
  const list = (await lab.panel()).getByRole('listbox', { name: 'Datasets' });
  await list.getByRole('option', { name: new RegExp(name) }).click();
  return lab.mainPage(new RegExp(name));
}

async function batchesOf(lab: Lab, name: string): Promise<{ state: string; rows: number }[]> {
  return (await (await lab.api('get', `datasets/${name}/batches`)).json()).items;
}

test.describe('datasets', () => {
  test.beforeEach(({ page }) => page.goto('workspaces/datasets').then(() => undefined));

  test('a CSV from the panel becomes a dataset with rows and a schema', async ({ page }) => {
    const lab = new Lab(page);
    const button = await choose(lab, csv('Orders.csv', 'id,city,paid\n1,Bern,2.5\n2,,7\n'), 'shop');
    await button.click();
    await expect(page.getByText('2 rows were added to shop.')).toBeAttached();

    const dataset = await openDataset(lab, 'shop');
    await expect(dataset).toContainText('2 rows');
    await expect(dataset.getByText('2 rows, 3 columns')).toBeAttached();
    const tree = dataset.getByRole('tree');
    for (const column of ['id', 'city', 'paid']) {
      await expect(tree.getByRole('treeitem', { name: new RegExp(`^${column}`) })).toBeVisible();
    }
    await dataset.getByRole('tab', { name: 'Batches' }).click();
    await expect(dataset.getByRole('row', { name: /Orders\.csv/ })).toContainText('Active');
  });

  for (const { what, file, says } of [
    {
      what: 'ragged',
      file: csv('ragged.csv', 'a,b\n1,2\n3,4,5\n'),
      says: /ragged\.csv.*(row|line) (2|3)/i
    },
    {
      what: 'latin',
      file: csv('latin.csv', 'a,name\n1,Genève\n', 'latin1'),
      says: /latin\.csv.*UTF-8/i
    }
  ]) {
    test(`a ${what} CSV is refused in a sentence that names the place`, async ({ page }) => {
      const lab = new Lab(page);
      await (await choose(lab, file, `bad-${what}`)).click();
      await expect(page.getByText(says).first()).toBeAttached();
      expect((await lab.api('get', `datasets/bad-${what}`)).status()).toBe(404);
      const list = (await lab.panel()).getByRole('listbox', { name: 'Datasets' });
      await expect(list.getByRole('option', { name: new RegExp(`bad-${what}`) })).toHaveCount(0);
    });
  }

  test('the button pressed twice makes one batch', async ({ page }) => {
    const lab = new Lab(page);
    await (await choose(lab, csv('twice.csv', 'a\n1\n2\n3\n'), 'twice')).dblclick();
    await expect(page.getByText('3 rows were added to twice.')).toBeAttached();
    expect((await batchesOf(lab, 'twice')).map(batch => batch.rows)).toEqual([3]);
    expect((await (await lab.api('get', 'datasets/twice')).json()).rows).toBe(3);
  });

  test('real web events with nested columns are one batch, looked at in place', async ({
    page
  }) => {
    test.skip(!existsSync(EVENTS), 'the file of real web events is not on this machine');
    const lab = new Lab(page);
    await (await choose(lab, EVENTS, 'real-events')).click();
    await expect(page.getByText('23,055 rows were added to real-events.')).toBeAttached({
      timeout: 120_000
    });
    expect((await batchesOf(lab, 'real-events')).map(batch => batch.rows)).toEqual([23055]);

    const dataset = await openDataset(lab, 'real-events');
    await expect(dataset).toContainText('23,055 rows');
    await expect(dataset.getByText(/^23055 rows, \d+ columns$/)).toBeAttached();
    const groups = dataset.getByRole('tree').locator('[role=treeitem][aria-expanded]');
    await expect(groups.first()).toBeVisible();
    await expect(dataset.getByRole('treeitem', { level: 2 }).first()).toBeVisible();
    await dataset.getByLabel('Filter rows by text').fill('no such text in any row');
    await expect(dataset.getByText(/^0 rows, |no row/i).first()).toBeAttached();
  });
});
