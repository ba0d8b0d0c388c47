import { test } from 'vitest'
import { describeLocation, isPostgresUrl, readPostgresLocation } from './database-location.ts'

test('a location is shown without its password, wherever it stands', ({ expect }) => {
  const shown = [
    '/var/lib/catamaran/catamaran.db',
    'postgres://host:secret@db.example:6432/app',
    'postgresql://host:secret@db.example/app?schema=blue&sslmode=require',
    'postgres://db.example/app?user=host&password=secret',
    'postgres://host:secret@%2Fvar%2Frun%2Fpostgresql/app',
    'postgres:///app?host=/var/run/postgresql&password=secret',
  ].map(describeLocation)
  expect(shown).toEqual([
    '/var/lib/catamaran/catamaran.db',
    'postgres://host@db.example:6432/app?schema=catamaran',
    'postgres://host@db.example/app?schema=blue',
    'postgres://db.example/app?schema=catamaran',
    'postgres://host@/var/run/postgresql/app?schema=catamaran',
    'postgres:///var/run/postgresql/app?schema=catamaran',
  ])
})

test('the driver gets everything but the schema, which is ours', ({ expect }) => {
  expect(readPostgresLocation('postgres://u:p@h/d?sslmode=require&schema=blue_2')).toMatchObject({
    connectionString: 'postgres://u:p@h/d?sslmode=require',
    schema: 'blue_2',
  })
})

test('a schema that would need quotes is refused', ({ expect }) => {
  for (const schema of ['', 'Blue', 'a-b', '1st', 'pg_mine', 'a"; DROP', 'x'.repeat(64)]) {
    const url = `postgres://h/d?schema=${encodeURIComponent(schema)}`
    expect(() => readPostgresLocation(url)).toThrow(/lower-case letters/)
  }
})

test('a file is a file, whatever it is called', ({ expect }) => {
  for (const file of [
    ':memory:',
    'data/catamaran.db',
    '/postgres/x.db',
    'C:\\data\\catamaran.db',
  ]) {
    expect(isPostgresUrl(file)).toBe(false)
  }
})
