import { Lab } from '../pages/lab';
import { Server } from '../pages/server';
import { expect, test } from '../pages/test';

test.describe('services', () => {
  test.describe.configure({ mode: 'serial' });

  test.beforeAll(async ({ request }) => {
    const server = new Server(request);
    await server.makeRecipe(await server.writePeople('service-people'), 'served-people');
    await server.makeModel('served-people', 'served-people');
    await server.makeService('served-people');
  });

  test.beforeEach(({ page }) => page.goto('workspaces/services').then(() => undefined));

  test('a service is stopped and started on its page', async ({ page }) => {
    const lab = new Lab(page);
    const list = (await lab.panel()).getByRole('listbox', { name: 'Services' });
    await list.getByRole('option', { name: /served-people/ }).click();
    const service = await lab.mainPage(/served-people/);
    const heading = service.getByRole('heading', { level: 2 });
    await expect(heading).toContainText('Serving');

    await service.getByRole('button', { name: 'Stop', exact: true }).click();
    await expect(heading).toContainText('Stopped', { timeout: 60_000 });
    await expect(service.getByRole('button', { name: 'Predict' })).toBeDisabled();
    await expect(service.getByText('Start the service to try a row.')).toBeVisible();

    await service.getByRole('button', { name: 'Start', exact: true }).click();
    await expect(heading).toContainText('Serving', { timeout: 120_000 });
    await service.getByRole('button', { name: 'Predict' }).click();
    await expect(service.getByLabel('Answer of the service')).toBeVisible();
  });

  test('its page is there again after a reload', async ({ page }) => {
    const lab = new Lab(page);
    await lab.execute('cookhouse:open-service', { name: 'served-people' });
    await lab.mainPage(/served-people/);
    // The Lab keeps its layout a moment after it changed.
    await expect
      .poll(async () => (await page.request.get('/lab/api/workspaces/services')).text())
      .toContain('served-people');
    await page.reload();
    await lab.mainPage(/served-people/);
  });
});
