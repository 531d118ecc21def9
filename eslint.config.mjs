import boundaries from 'eslint-plugin-boundaries';
import hooks from 'eslint-plugin-react-hooks';
import jupyter from '@jupyter/eslint-plugin';
import tseslint from 'typescript-eslint';

const ROOMS = [
  'notebook',
  'datasets',
  'eda',
  'recipes',
  'models',
  'scoring',
  'services',
  'schedules',
  'profiles',
  'jobs',
  'sidebar'
];

const lab = (...names) => ({
  group: ['@jupyterlab/application'],
  importNamePattern: `^(${names.join('|')})$`,
  message: 'Only plugin.ts and commands.ts know the application.'
});
const server = {
  group: ['@jupyterlab/services'],
  importNames: ['ServerConnection'],
  message: 'Only border/ talks to the server.'
};
const react = { group: ['react', 'react-dom'], message: 'React stands in *.tsx alone.' };
const restrict = (...patterns) => ({
  '@typescript-eslint/no-restricted-imports': ['error', { patterns }]
});

export default tseslint.config(
  { ignores: ['lib', 'node_modules', 'python_package', 'src/border/contract.ts', '.venv*'] },
  ...tseslint.configs.recommended,
  {
    files: ['src/**/*.{ts,tsx}', 'ui-tests/**/*.ts'],
    plugins: { boundaries, jupyter, 'react-hooks': hooks },
    settings: {
      'import/resolver': { node: { extensions: ['.ts', '.tsx'] } },
      'boundaries/include': ['src/**/*'],
      'boundaries/elements': [
        { type: 'border', pattern: 'src/border' },
        { type: 'shared', pattern: 'src/shared' },
        { type: 'room', pattern: `src/(${ROOMS.join('|')})`, capture: ['room'] }
      ],
      'boundaries/files': [{ category: 'tokens', pattern: '**/tokens.ts' }]
    },
    rules: {
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/consistent-type-imports': [
        'error',
        { fixStyle: 'inline-type-imports', disallowTypeAnnotations: false }
      ],
      'react-hooks/rules-of-hooks': 'error',
      'react-hooks/exhaustive-deps': 'error',
      'max-lines': ['error', { max: 320, skipComments: true, skipBlankLines: true }],
      'jupyter/command-described-by': 'error',
      // A room uses the border, the shared parts, itself, and of other rooms their tokens alone.
      'boundaries/dependencies': [
        'error',
        {
          default: 'disallow',
          policies: [
            {
              from: { element: { type: 'border' } },
              allow: { to: { element: { type: 'border' } } }
            },
            {
              from: { element: { type: 'shared' } },
              allow: { to: { element: { types: { anyOf: ['border', 'shared'] } } } }
            },
            {
              from: { element: { type: 'room' } },
              allow: { to: { element: { types: { anyOf: ['border', 'shared'] } } } }
            },
            {
              from: { element: { type: 'room' } },
              allow: {
                to: {
                  element: { type: 'room', captured: { room: '{{from.element.captured.room}}' } }
                }
              }
            },
            {
              from: { element: { type: 'room' } },
              allow: { to: { file: { categories: 'tokens' } } }
            },
            { allow: { to: { module: { origin: 'external' } } } },
            { allow: { to: { module: { origin: 'core' } } } }
          ]
        }
      ],
      ...restrict(lab('JupyterFrontEnd', 'LabShell'), server, react)
    }
  },
  { files: ['src/**/*.tsx'], rules: restrict(lab('JupyterFrontEnd', 'LabShell'), server) },
  {
    files: ['src/**/plugin.ts', 'src/**/commands.ts', 'src/index.ts'],
    rules: restrict(server, react)
  },
  { files: ['src/border/**/*.{ts,tsx}'], rules: restrict(react) },
  {
    files: ['src/border/**/*.tsx', 'src/**/__tests__/**', 'ui-tests/**'],
    rules: { '@typescript-eslint/no-restricted-imports': 'off' }
  }
);
