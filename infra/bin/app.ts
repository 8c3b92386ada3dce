import { createDeployment } from '../lib/deployment.ts';

createDeployment({}, process.env.CDK_DEFAULT_ACCOUNT);
