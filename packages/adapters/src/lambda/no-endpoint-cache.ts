/**
 * Stands in bundles for the cache of DynamoDB's endpoint discovery (7 KB), which the client makes and, as
 * discovery is off unless AWS_ENABLE_ENDPOINT_DISCOVERY says otherwise, never asks.
 */
export class EndpointCache {
  get(): never {
    throw new Error('endpoint discovery is left out of the bundles: see infra/lib/bundling.ts');
  }
}
