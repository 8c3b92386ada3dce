import { httpRequestOf, httpResultOf } from '@aftercare/adapters/lambda/http-event';
import { answerStaffCall, type StaffCallReach } from '@aftercare/usecases/http/staff-calls';
import type { APIGatewayProxyEventV2 } from 'aws-lambda';

export const createHandler = (system: StaffCallReach) => async (event: APIGatewayProxyEventV2) =>
  httpResultOf(await answerStaffCall(system, httpRequestOf(event)));
