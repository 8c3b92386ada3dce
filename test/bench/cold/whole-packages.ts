import { DynamoDB } from '@aws-sdk/client-dynamodb';
import { Scheduler } from '@aws-sdk/client-scheduler';
import { SecretsManager } from '@aws-sdk/client-secrets-manager';
import { SQS } from '@aws-sdk/client-sqs';
import { DynamoDBDocument } from '@aws-sdk/lib-dynamodb';
import twilio from 'twilio';
import { z } from 'zod';

/** Injected into the naive build: every package under its usual name. Exported, so that none is dropped. */
export const wholePackages = [DynamoDB, Scheduler, SecretsManager, SQS, DynamoDBDocument, twilio, z];
