import { describe, expect, it } from 'vitest';
import { matchRoute } from './route-match.ts';

const routes = [
  'ANY /v1/clinics/{clinicId}/sessions',
  'ANY /v1/clinics/{clinicId}/sessions/{sessionId}',
  'ANY /v1/clinics/{clinicId}/{proxy+}',
  'GET /health',
];

describe('routes of the HTTP API', () => {
  it.each([
    ['POST', '/v1/clinics/c1/sessions', routes[0], { clinicId: 'c1' }],
    ['PATCH', '/v1/clinics/c1/sessions/visit%201', routes[1], { clinicId: 'c1', sessionId: 'visit 1' }],
    ['GET', '/v1/clinics/c1/alerts/a/ack', routes[2], { clinicId: 'c1', proxy: 'alerts/a/ack' }],
    ['GET', '/v1/clinics/c1/sessions/a/b', routes[2], { clinicId: 'c1', proxy: 'sessions/a/b' }],
    ['GET', '/health', routes[3], {}],
  ])('sends %s %s to %s', (method, path, routeKey, pathParameters) => {
    expect(matchRoute(routes, method, path)).toEqual({ routeKey, pathParameters });
  });

  it.each([
    ['POST', '/health'],
    ['GET', '/v1/clinics//sessions'],
    ['GET', '/v1/clinics/c1/'],
    ['GET', '/v1/clinics/c1'],
    ['GET', '/nowhere'],
  ])('sends %s %s to the default route', (method, path) => {
    expect(matchRoute(routes, method, path).routeKey).toBe('$default');
  });
});
