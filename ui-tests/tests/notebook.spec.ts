import type { Locator } from '@playwright/test';

import { Lab } from '../pages/lab';
import { people } from '../pages/notebooks';
import { Server } from '../pages/server';
import { expect, test } from '../pages/test';

const CSV = 'notebook.csv';
const LEARNING = [
  [
    'import pandas as pd',
    'from sklearn.linear_model import LogisticRegression',
    'from sklearn.model_selection import train_test_split'
  ].join('\n'),
  `df = pd.read_csv('${CSV}')`,
  'df.describe()',
  "X = df[['visits']]\ny = df['bought']",
  'X_train, X_test, y_train, y_test = train_test_split(X, y)',
  'model = LogisticRegression(C=1.0)\nmodel.fit(X_train, y_train)'
];

function markOf(notebook: Locator, cell: number, stage: string): Locator {
  const marks = notebook.locator('.jp-CodeCell').nth(cell).locator('.ck-Mark');
  return marks.filter({ hasText: stage }).first();
}

/** Wait for the sentence in the panel, and that *Create recipe* is refused with the same reason. */
async function refused(lab: Lab, says: RegExp): Promise<void> {
  const panel = await lab.panel();
  const finding = panel.getByRole('list', { name: 'Findings' }).getByText(says);
  await expect(finding.first()).toBeVisible();
  const button = panel.getByRole('button', { name: 'Create recipe', exact: true });
  await expect(button).toHaveAttribute('aria-disabled', 'true');
  await expect(button).toHaveAttribute('title', says);
  await button.click({ force: true });
  await expect(lab.page.getByRole('dialog')).toHaveCount(0);
}

test.describe('notebook', () => {
  test.beforeEach(async ({ page, request }) => {
    await new Server(request).writeFile(CSV, people(40));
    await page.goto('workspaces/notebook');
  });

  test('marks follow the typing, and the keyboard chooses a stage', async ({ page, request }) => {
    const lab = new Lab(page);
    await new Server(request).writeNotebook('Typing.ipynb', LEARNING);
    const notebook = await lab.openNotebook('Typing.ipynb');
    await expect(markOf(notebook, 2, 'explore')).toBeVisible();

    await notebook.locator('.jp-CodeCell').nth(2).getByRole('textbox').click();
    await page.keyboard.press('Control+A');
    await page.keyboard.type("df['often'] = df['visits'] > 9");
    await expect(markOf(notebook, 2, 'features')).toBeVisible();
    await expect(markOf(notebook, 2, 'explore')).toHaveCount(0);

    await page.keyboard.press('Control+Alt+S');
    await expect(page.getByRole('menu')).toBeVisible();
    const data = page.getByRole('menuitem', { name: 'data', exact: true });
    for (let step = 0; step < 4; step++) {
      await page.keyboard.press('ArrowDown');
    }
    await expect(data).toHaveClass(/lm-mod-active/);
    await page.keyboard.press('Enter');
    await expect(markOf(notebook, 2, 'data')).toBeVisible();
    await lab.execute('docmanager:save');
    await expect
      .poll(async () => {
        const read = await request.get(`/api/contents/Typing.ipynb`);
        return (await read.json()).content.cells[2].metadata.cookhouse;
      })
      .toEqual({ stage: 'data' });
  });

  test('one click mends a finding, and one undo takes it back', async ({ page, request }) => {
    const lab = new Lab(page);
    await new Server(request).writeNotebook('Mending.ipynb', LEARNING);
    const notebook = await lab.openNotebook('Mending.ipynb');
    const cell = notebook.locator('.jp-CodeCell').nth(4).getByRole('textbox');
    const findings = (await lab.panel()).getByRole('list', { name: 'Findings' });
    const finding = findings.getByRole('listitem').filter({ hasText: /without .random_state/ });
    await finding.first().getByRole('button', { name: 'Fix' }).click();
    await expect(cell).toHaveText(/train_test_split\(X, y, random_state=42\)/);
    await expect(finding).toHaveCount(0);
    await cell.click();
    await page.keyboard.press('Control+Z');
    await expect(cell).toHaveText(/train_test_split\(X, y\)/);
    await expect(finding.first()).toBeVisible();
  });

  for (const { name, cells, says } of [
    { name: 'No model', cells: LEARNING.slice(0, 3), says: /No model is fitted/ },
    {
      name: 'Syntax',
      cells: [...LEARNING, 'print((1]'],
      says: /not valid Python/
    },
    {
      name: 'Undefined',
      cells: LEARNING.filter((_, index) => index !== 4),
      says: /X_train.*nothing above defines it/
    },
    {
      name: 'Missing file',
      cells: LEARNING.map(source => source.replace(CSV, 'nowhere.csv')),
      says: /nowhere\.csv.*is not there/
    }
  ]) {
    test(`no recipe, and why: ${name.toLowerCase()}`, async ({ page, request }) => {
      const lab = new Lab(page);
      await new Server(request).writeNotebook(`${name}.ipynb`, cells);
      await lab.openNotebook(`${name}.ipynb`);
      await refused(lab, says);
    });
  }

  test('a notebook without a kernel says so when its cells are to run', async ({
    page,
    request
  }) => {
    const lab = new Lab(page);
    await new Server(request).writeNotebook('No kernel.ipynb', LEARNING, { kernel: false });
    await lab.execute('docmanager:open', { path: 'No kernel.ipynb' });
    await page.getByRole('dialog').getByRole('button', { name: 'No Kernel' }).click();
    await lab.action('Run EDA cells');
    const dialog = page.getByRole('dialog');
    await expect(dialog).toContainText('No kernel.ipynb has no kernel');
    await dialog.getByRole('button', { name: 'Cancel' }).click();
    await expect(page.locator('.jp-NotebookPanel:visible .jp-OutputArea-output')).toHaveCount(0);
  });
});
