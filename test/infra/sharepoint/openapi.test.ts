import { describe, expect, test } from 'vitest';
import { requestProblems, responseProblems } from '../../contract/openapi.ts';

const items = '/sites/one,two,three/lists/Returns/items';

describe('the contract', () => {
  test('accepts a whole address, a version prefix and a site by its address', () => {
    for (const path of [
      items,
      `/v1.0${items}`,
      `http://127.0.0.1:3979/v1.0${items}?$top=5`,
      '/sites/council.example:/sites/stls:/lists/Returns/items',
    ]) {
      expect(requestProblems('GET', path)).toEqual([]);
    }
    expect(requestProblems('GET', '/sites/council.example:/sites/stls')).toEqual([]);
  });

  test('names a path, a query option and a body it does not know', () => {
    expect(requestProblems('GET', '/sites/x/planner')).toHaveLength(1);
    expect(requestProblems('GET', `${items}?$wrong=1`)).toEqual([
      'the query option $wrong is not in the contract',
    ]);
    expect(requestProblems('POST', items)).toHaveLength(1);
    expect(requestProblems('GET', items, { fields: {} })).toHaveLength(1);
    expect(requestProblems('POST', items, { fields: { Title: 'x' } })).toEqual([]);
    expect(requestProblems('POST', items, { createdDateTime: 'yesterday' })).not.toEqual([]);
  });

  test('prefers the literal path, so that delta is not an item', () => {
    const page = { value: [] };
    expect(responseProblems('GET', `${items}/delta`, 200, page)).toEqual([
      'a delta page has one link, not 0',
    ]);
    const linked = { ...page, '@odata.deltaLink': 'http://127.0.0.1/' };
    expect(responseProblems('GET', `${items}/delta`, 200, linked)).toEqual([]);
  });

  test('names an answer that does not fit', () => {
    expect(responseProblems('GET', items, 200, { value: [{ id: 1 }] })).not.toEqual([]);
    expect(responseProblems('GET', items, 200, undefined)).toHaveLength(1);
    expect(responseProblems('GET', items, 404, { message: 'no' })).not.toEqual([]);
    expect(responseProblems('DELETE', `${items}/1`, 204, undefined)).toEqual([]);
    expect(responseProblems('DELETE', `${items}/1`, 204, { id: '1' })).toHaveLength(1);
    expect(responseProblems('POST', items, 200, { id: '1' })).toHaveLength(1);
  });
});
