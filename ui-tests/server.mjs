// The server of the browser tests: JupyterLab on a fresh workspace, and beside it a door on the
// next port through which a test restarts it (POST /restart) or kills it (POST /kill).
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));
const port = Number(process.env.COOKHOUSE_TEST_PORT ?? 9188);
const folder = mkdtempSync(join(tmpdir(), 'cookhouse-ui-'));
const workspace = join(folder, 'workspace');
const jupyter = join(here, '..', '.venv', 'bin', 'jupyter');
let lab;

function start() {
  lab = spawn(jupyter, ['lab', '--config', join(here, 'jupyter_server_test_config.py')], {
    stdio: 'inherit',
    env: {
      ...process.env,
      COOKHOUSE_TEST_PORT: String(port),
      COOKHOUSE_TEST_ROOT: join(folder, 'files'),
      COOKHOUSE_WORKSPACE: workspace
    }
  });
}

// A server may ignore SIGTERM, so it is ended for good after a while.
async function stop(signal = 'SIGTERM') {
  if (!lab || lab.exitCode !== null || lab.signalCode !== null) {
    return;
  }
  const gone = new Promise(resolve => lab.once('exit', resolve));
  lab.kill(signal);
  const late = setTimeout(() => lab.kill('SIGKILL'), 10_000);
  await gone;
  clearTimeout(late);
}

const door = createServer(async (request, response) => {
  await stop(request.url === '/kill' ? 'SIGKILL' : 'SIGTERM');
  start();
  response.end('started\n');
});

async function end() {
  door.close();
  await stop();
  // What the supervisor and the services hold on to ends with their workspace.
  const python = join(here, '..', '.venv', 'bin', 'python');
  const ending = spawn(python, ['-m', 'cookhouse.floor.jobs.stop', workspace], {
    stdio: 'inherit'
  });
  await new Promise(resolve => ending.once('exit', resolve));
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  process.exit(0);
}

process.on('SIGTERM', end);
process.on('SIGINT', end);
door.listen(port + 1, '127.0.0.1');
start();
