import { httpRequestOf, httpResultOf } from '@aftercare/adapters/lambda/http-event';
import { answerSessionCall, type SessionCallReach } from '@aftercare/usecases/http/session-calls';
import type { APIGatewayProxyEventV2 } from 'aws-lambda';

export const createHandler = (system: SessionCallReach) => async (event: APIGatewayProxyEventV2) =>
  httpResultOf(await answerSessionCall(system, httpRequestOf(event)));
