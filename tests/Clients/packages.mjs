// Runs before a script: lets it import packages by the names that their users know, wherever they are installed.
//   PACKAGES_DIRECTORY   where package.json and node_modules are
//   PACKAGES             which packages stand for which names: openai=openai6,ai=ai5
import { readFileSync } from 'node:fs'
import { register } from 'node:module'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'

const manifest = join(process.env.PACKAGES_DIRECTORY, 'package.json')
const pairs = (process.env.PACKAGES ?? '').split(',').filter(Boolean).map(pair => pair.split('='))
register('./resolve.mjs', import.meta.url, {
  data: {
    parentURL: pathToFileURL(manifest).href,
    named: Object.keys(JSON.parse(readFileSync(manifest, 'utf8')).dependencies),
    standIns: Object.fromEntries(pairs),
  },
})
