const stock = require('@jupyterlab/testing/lib/jest-config');

// The stock pattern leaves out packages that ship ES modules only.
const modules = [
  '@codemirror',
  '@jupyter/(ydoc|react-components|web-components)',
  '@jupyterlab/',
  '@lezer',
  '@lumino',
  '@marijn',
  '@microsoft',
  '@rjsf',
  'color',
  'colord',
  'exenv-es6',
  'lib0',
  'marked',
  'nanoid',
  'vscode-ws-jsonrpc',
  'y-protocols',
  'y-websocket',
  'yjs'
].join('|');

module.exports = {
  ...stock(__dirname),
  rootDir: '.',
  roots: ['<rootDir>/src'],
  testRegex: '/__tests__/.*\\.spec\\.tsx?$',
  testPathIgnorePatterns: ['/node_modules/'],
  modulePathIgnorePatterns: ['<rootDir>/python_package', '<rootDir>/lib', '<rootDir>/.venv'],
  transform: {
    '\\.svg$': '@jupyterlab/testing/lib/jest-raw-loader.js',
    '^.+\\.[jt]sx?$': [
      '@swc/jest',
      {
        jsc: {
          parser: { syntax: 'typescript', tsx: true, decorators: true },
          transform: { react: { runtime: 'classic' } },
          target: 'es2022'
        }
      }
    ]
  },
  transformIgnorePatterns: [`/node_modules/(?!(${modules})).+`],
  reporters: ['default'],
  collectCoverage: false
};
