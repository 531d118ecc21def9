import { defineConfig } from '@playwright/test';

const port = Number(process.env.COOKHOUSE_TEST_PORT ?? 9188);

export default defineConfig({
  testDir: 'tests',
  outputDir: 'test-results',
  timeout: 900_000,
  expect: { timeout: 30_000 },
  workers: 1,
  retries: 0,
  use: {
    baseURL: `http://127.0.0.1:${port}`,
    // A control that never comes fails its test early, and not at the end of its time.
    actionTimeout: 60_000,
    viewport: { width: 1400, height: 900 },
    trace: 'retain-on-failure',
    video: 'off',
    launchOptions: {
      executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
      // Nothing but this machine is looked up: a page that loads from elsewhere fails the test.
      args: ['--no-sandbox', '--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1']
    }
  },
  webServer: {
    command: 'node server.mjs',
    url: `http://127.0.0.1:${port}/lab`,
    timeout: 120_000,
    reuseExistingServer: false,
    gracefulShutdown: { signal: 'SIGTERM', timeout: 30_000 }
  }
});
