import { Lab } from '../pages/lab';
import { Server } from '../pages/server';
import { expect, test } from '../pages/test';

test.describe('recipes', () => {
  test.beforeEach(({ page }) => page.goto('workspaces/recipes').then(() => undefined));

  test('a plain notebook with categories and gaps: proven exact and safe', async ({
    page,
    request
  }) => {
    const lab = new Lab(page);
    await new Server(request).writePeople('recipe-people');
    await lab.openNotebook('recipe-people.ipynb');
    await lab.action('Create recipe');
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Name', { exact: true }).fill('people-exact');
    await dialog.getByRole('button', { name: 'Create recipe' }).click();
    await expect(dialog).toContainText(/agree to the last bit/, { timeout: 180_000 });
    await dialog.getByRole('button', { name: 'Open recipe' }).click();

    const recipe = await lab.mainPage(/people-exact, version 1/);
    await expect(recipe.getByRole('heading', { level: 2 })).toContainText('Proven exact');
    await expect(recipe.getByRole('heading', { level: 2 })).toContainText('Safe to score');
    await recipe.getByRole('tab', { name: 'Proof' }).click();
    const proof = recipe.getByRole('tabpanel');
    await expect(proof.getByRole('table', { name: 'The metric on both sides' })).toBeVisible();
    await expect(proof.getByText('Passed').first()).toBeVisible();
    await expect(proof.getByText('Not passed')).toHaveCount(0);
    for (const [tab, holds] of [
      ['Hyperparameters', 'max_iter'],
      ['Source', 'read_csv'],
      ['Versions', '1']
    ]) {
      await recipe.getByRole('tab', { name: tab }).click();
      await expect(recipe.getByRole('tabpanel')).toContainText(holds);
    }
  });

  test('a name that another notebook has taken is refused in the dialog', async ({
    page,
    request
  }) => {
    const lab = new Lab(page);
    const server = new Server(request);
    await server.makeRecipe(await server.writePeople('recipe-first'), 'taken-name');
    await server.writePeople('recipe-second');
    await lab.openNotebook('recipe-second.ipynb');
    await lab.action('Create recipe');
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Name', { exact: true }).fill('taken-name');
    await dialog.getByRole('button', { name: 'Create recipe' }).click();
    const sentence = dialog.getByRole('alert');
    await expect(sentence).toContainText(/taken-name.*is taken by the recipe of.*recipe-first/);
    await expect(dialog.getByLabel('Name', { exact: true })).toHaveValue('taken-name');
    await page.keyboard.press('Escape');
    await expect(dialog).toHaveCount(0);
    expect((await server.get<{ notebook: string }>('recipes/taken-name')).notebook).toBe(
      'recipe-first.ipynb'
    );
  });

  test('a creation cancelled in the middle says so and leaves no recipe', async ({
    page,
    request
  }) => {
    const lab = new Lab(page);
    const server = new Server(request);
    const cells = [
      'import time\nfrom sklearn.datasets import load_iris',
      'from sklearn.tree import DecisionTreeClassifier',
      'time.sleep(600)',
      'X, y = load_iris(return_X_y=True, as_frame=True)',
      'model = DecisionTreeClassifier(random_state=0).fit(X, y)\nprint(model.score(X, y))'
    ];
    await server.writeNotebook('Slow.ipynb', cells);
    await lab.openNotebook('Slow.ipynb');
    await lab.action('Create recipe');
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Name', { exact: true }).fill('never-made');
    await dialog.getByRole('button', { name: 'Create recipe' }).click();
    await expect(dialog.getByText('Running').first()).toBeVisible({ timeout: 60_000 });
    await dialog.getByTitle('Stop this job and everything that it started').click();
    await expect(dialog.getByRole('alert')).toContainText(/cancelled/i, { timeout: 60_000 });
    expect(await server.status('recipes/never-made')).toBe(404);
    await dialog.getByText('Cancel', { exact: true }).click();
    const recipes = (await lab.panel()).getByRole('listbox', { name: 'Recipes' });
    await expect(recipes.getByRole('option', { name: /never-made/ })).toHaveCount(0);
  });
});
