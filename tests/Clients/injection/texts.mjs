// What people, models and tools may say that something on the way could take for more than text.
import { readFileSync } from 'node:fs'

export const texts = JSON.parse(readFileSync(process.env.HOSTILE, 'ascii'))
