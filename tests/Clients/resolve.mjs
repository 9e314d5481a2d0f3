// The hook that packages.mjs registers.
import { isBuiltin } from 'node:module'

let installed

export function initialize(data) {
  installed = data
}

export function resolve(specifier, context, nextResolve) {
  const [, name, rest] = /^((?:@[^/]+\/)?[^/:.#][^/:]*)(\/.*)?$/.exec(specifier) ?? []
  if (!name || isBuiltin(specifier) || context.parentURL?.includes('/node_modules/')) {
    return nextResolve(specifier, context)
  }

  const wanted = installed.standIns[name] ?? name
  if (!installed.named.includes(wanted)) {
    // It may be there all the same, as another package's dependency, in whichever version that one likes.
    throw new Error(`tests/Clients/package.json does not name ${wanted}, which ${context.parentURL} imports.`)
  }

  return nextResolve(wanted + (rest ?? ''), { ...context, parentURL: installed.parentURL })
}
