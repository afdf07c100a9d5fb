import { builtinModules } from 'node:module';
import js from '@eslint/js';
import packageJson from 'eslint-plugin-package-json';
import tseslint from 'typescript-eslint';

/** The house: what each room of src may import from. A room not named for another is out of its reach. */
const mayImport = {
  model: [],
  zombies: ['model'],
  cleanup: ['model'],
  cloud: ['model'],
  evidence: ['cloud', 'model'],
  execution: ['cleanup', 'evidence', 'cloud', 'model'],
  app: ['execution', 'cleanup', 'zombies', 'evidence', 'cloud', 'model'],
  vscode: ['app', 'model'],
};
const rooms = Object.keys(mayImport);
const pureRooms = ['model', 'zombies', 'cleanup'];

const heavy = '^(mysql2|ssh2)(/|$)';
const node = `^(node:|(${builtinModules.join('|')})(/|$))`;

/** Static imports of values are forbidden; types cost nothing. */
const lazily = {
  pattern: { regex: heavy, allowTypeImports: true, message: 'Load it by import() at first use.' },
  selectors: [],
};

const noDefaultExport = {
  selector: 'ExportDefaultDeclaration',
  message: 'Export by name.',
};
const noRegisterCommand = {
  selector: 'CallExpression[callee.property.name=/^register(TextEditor)?Command$/]',
  message: 'Commands are registered in src/vscode/registerCommands.ts alone.',
};

/** Forbids a module in every form of import: import and export from, import(), and the type import('...'). */
function forbid(regex, message) {
  const source = regex.replaceAll('/', '\\/');
  return {
    pattern: { regex, message },
    selectors: [
      { selector: `ImportExpression[source.value=/${source}/]`, message },
      { selector: `TSImportType[source.value=/${source}/]`, message },
    ],
  };
}

/** The rules of imports for some files of src. */
function imports(files, forbidden, { ignores = [], commands = false } = {}) {
  return {
    files,
    ignores,
    rules: {
      '@typescript-eslint/no-restricted-imports': [
        'error',
        { patterns: forbidden.map(({ pattern }) => pattern) },
      ],
      'no-restricted-syntax': [
        'error',
        noDefaultExport,
        ...(commands ? [] : [noRegisterCommand]),
        ...forbidden.flatMap(({ selectors }) => selectors),
      ],
    },
  };
}

function forbiddenIn(room) {
  const beyond = rooms.filter((other) => other !== room && !mayImport[room].includes(other));
  const forbidden = [forbid('^(\\.\\./)+test/', 'The product knows nothing of its tests.')];
  forbidden.push(forbid('^(\\.\\./)+extension$', 'Nothing imports the entry.'));
  if (beyond.length > 0) {
    const message = `src/${room} may import from ${['itself', ...mayImport[room]].join(', ')}.`;
    forbidden.push(forbid(`^(\\.\\./)+(src/)?(${beyond.join('|')})(/|$)`, message));
  }
  if (room !== 'vscode')
    forbidden.push(forbid('^vscode$', 'Only src/vscode and src/extension.ts know VS Code.'));
  if (pureRooms.includes(room)) {
    forbidden.push(forbid(node, `src/${room} is pure: nothing of Node.`));
    forbidden.push(forbid(heavy, `src/${room} is pure: no database, no SSH.`));
  } else {
    forbidden.push(lazily);
  }
  return forbidden;
}

const table = 'src/vscode/registerCommands.ts';
const entryForbidden = [
  lazily,
  forbid('^\\./(zombies|cleanup|cloud|evidence|execution)/', 'Reach it through src/app.'),
];

export default tseslint.config(
  { ignores: ['dist/', '.local/', 'node_modules/'] },
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },
  js.configs.recommended,
  {
    files: ['**/*.ts'],
    extends: [tseslint.configs.recommendedTypeChecked, tseslint.configs.stylisticTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/consistent-type-imports': ['error', { disallowTypeAnnotations: false }],
      '@typescript-eslint/explicit-module-boundary-types': 'error',
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-non-null-assertion': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true },
      ],
      // tenants' text holds control characters, and the code that makes them harmless names them
      'no-control-regex': 'off',
    },
  },
  {
    files: ['src/**', 'test/**'],
    ignores: ['**/*.json'],
    rules: {
      'max-lines': ['error', 300],
      'no-restricted-syntax': ['error', noDefaultExport],
    },
  },
  ...rooms.map((room) => imports([`src/${room}/**/*.ts`], forbiddenIn(room), { ignores: [table] })),
  imports([table], forbiddenIn('vscode'), { commands: true }),
  imports(['src/extension.ts'], entryForbidden),
  {
    files: ['**/*.mjs', '**/*.cjs', '**/*.js'],
    languageOptions: {
      globals: Object.fromEntries(
        ['process', 'console', 'setTimeout', 'URL', 'module', 'require', 'exports'].map((name) => [
          name,
          'readonly',
        ]),
      ),
    },
  },
  {
    files: ['package.json'],
    extends: [packageJson.configs.recommended],
  },
);
