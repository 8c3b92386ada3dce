import { fromEnv } from '@aws-sdk/credential-provider-env';

/**
 * The credentials of a Lambda function: its environment variables, set by the service for every sandbox
 * (Lambda developer guide, "Defined runtime environment variables"). Stands in bundles for the SDK's provider
 * chain, whose other links (profiles, SSO, web identity, instance metadata) bring four more AWS clients and
 * 90 KB along and can never apply there.
 */
export const defaultProvider = fromEnv;
