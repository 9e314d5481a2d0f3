import OpenAI from 'openai'
import { VERSION } from 'openai/version'
import assert from 'node:assert/strict'

assert.equal(typeof OpenAI, 'function')
console.log(process.version.split('.')[0], VERSION)
