import { describe, expect, it } from 'vitest';
import { matchRoute } from './routes.ts';

const routes = [
  { name: 'list', method: 'GET', pattern: '/v1/clinics/{clinicId}/alerts' },
  { name: 'read', method: 'GET', pattern: '/v1/clinics/{clinicId}/alerts/{alertId}' },
  { name: 'ack', method: 'POST', pattern: '/v1/clinics/{clinicId}/alerts/{alertId}/ack' },
] as const;

describe('finding the call for a path', () => {
  it('reads the ids from the path', () => {
    expect(matchRoute(routes, 'POST', '/v1/clinics/c1/alerts/a.2-_/ack')).toEqual({
      kind: 'matched',
      route: routes[2],
      parameters: { clinicId: 'c1', alertId: 'a.2-_' },
    });
  });

  it('says which methods a path has', () => {
    expect(matchRoute(routes, 'DELETE', '/v1/clinics/c1/alerts')).toEqual({
      kind: 'wrong_method',
      allowed: ['GET'],
      parameters: { clinicId: 'c1' },
    });
  });

  it.each([
    '/',
    '/v1/clinics/c1',
    '/v1/clinics/c1/alerts/',
    '/v1/clinics//alerts',
    '/v1/clinics/c1/alerts/a%2Fb',
    '/v1/clinics/c 1/alerts',
    `/v1/clinics/${'x'.repeat(65)}/alerts`,
    '/V1/clinics/c1/alerts',
    '/v1/clinics/c1/alerts/a1/ack/more',
  ])('finds nothing at %s', (path) => expect(matchRoute(routes, 'GET', path)).toEqual({ kind: 'no_path' }));
});
