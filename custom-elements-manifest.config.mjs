/**
 * @import { ClassMember, CustomElement, Package } from 'custom-elements-manifest/schema.js'
 */

const hiddenNames = /^[_#]/;

/** Lit's own and the platform's callbacks: public to them, not to pages. */
const callbacks = new Set([
  'connectedCallback',
  'disconnectedCallback',
  'adoptedCallback',
  'attributeChangedCallback',
  'connectedMoveCallback',
  'createRenderRoot',
  'scheduleUpdate',
  'performUpdate',
  'shouldUpdate',
  'willUpdate',
  'update',
  'updated',
  'firstUpdated',
  'getUpdateComplete',
  'render',
]);

/** @param {ClassMember} member */
const isPublic = ({ name, privacy, ...member }) =>
  privacy !== 'private' &&
  privacy !== 'protected' &&
  !hiddenNames.test(name) &&
  !callbacks.has(name) &&
  !('static' in member && member.static);

/** The file of the package that exports what a source declares. Others cannot be imported. @param {string} path */
const shipped = (path) =>
  path
    .replace(/^\/?src\/element\/.*/, 'dist/index.js')
    .replace(/^\/?src\/inspector\/.*/, 'dist/inspector.js')
    .replace(/^\/?src\//, 'dist/')
    .replace(/\.ts$/, '.js');

/** @param {{path: string, declarations?: object[]}} module */
function tagIn({ path, declarations = [] }) {
  const { name, tagName } = /** @type {CustomElement} */ (declarations[0]);
  return { kind: 'custom-element-definition', name: tagName, declaration: { name, module: path } };
}

/** Leaves in the manifest what a page can use, under the paths that the package ships. */
const publicFace = {
  name: 'public-face',
  /** @param {{customElementsManifest: Package}} context */
  packageLinkPhase({ customElementsManifest: manifest }) {
    manifest.modules = manifest.modules.filter((module) => module.exports?.length);
    for (const module of manifest.modules) {
      module.path = shipped(module.path);
      module.declarations = (module.declarations ?? []).filter(
        // A class without a tag is a part of one with a tag.
        (declaration) => 'tagName' in declaration && declaration.tagName,
      );
      const kept = new Set(module.declarations.map(({ name }) => name));
      module.exports = (module.exports ?? []).filter(
        (entry) => entry.kind === 'custom-element-definition' || kept.has(entry.declaration.name),
      );
      for (const entry of module.exports) {
        // A bundle exports nothing: it defines the tag.
        if (module.path === 'dist/inspector.js') Object.assign(entry, tagIn(module));
        if (entry.declaration.module) entry.declaration.module = shipped(entry.declaration.module);
      }
      for (const declaration of module.declarations) {
        const element = /** @type {CustomElement} */ (declaration);
        // Classes in between are no part of the public face.
        element.superclass = { name: 'LitElement', package: 'lit' };
        element.members = (element.members ?? []).filter(isPublic);
        for (const attribute of element.attributes ?? []) {
          delete attribute.inheritedFrom;
        }
        for (const member of element.members) {
          delete member.inheritedFrom;
        }
      }
    }
    manifest.modules = manifest.modules.filter((module) => module.exports?.length);
  },
};

export default {
  globs: ['src/element/**/*.ts', 'src/define.ts', 'src/inspector/gc-auth-inspector.ts'],
  outdir: '.',
  litelement: true,
  packagejson: false,
  plugins: [publicFace],
};
