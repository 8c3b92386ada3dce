import { RemovalPolicy, Stack } from 'aws-cdk-lib';
import {
  CfnApiMapping,
  CfnDomainName,
  CfnStage,
  HttpApi,
  HttpMethod,
  HttpRoute,
  HttpRouteKey,
} from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { acknowledge } from './acknowledge.ts';

/** Requests per second and burst. */
export type Throttle = { readonly rate: number; readonly burst: number };
export type FrontRoute = { readonly path: string; readonly throttle: Throttle };

/**
 * No path, query, address or body: paths hold session ids and queries hold references. The route says what
 * was called, the request id leads to the function's own lines.
 */
const accessLogFormat = JSON.stringify({
  requestId: '$context.requestId',
  at: '$context.requestTime',
  route: '$context.routeKey',
  status: '$context.status',
  latencyMs: '$context.responseLatency',
  integrationMs: '$context.integrationLatency',
  integrationStatus: '$context.integrationStatus',
  bytes: '$context.responseLength',
});

/**
 * The HTTP API. Methods are the functions' business (405), so every route takes any; what matches none gets a
 * 404.
 */
export class HttpFront extends Construct {
  readonly api: HttpApi;
  private readonly routes: {
    readonly route: HttpRoute;
    readonly key: string;
    readonly throttle: Throttle;
  }[] = [];

  constructor(scope: Construct, id: string, props: { readonly name: string }) {
    super(scope, id);
    this.api = new HttpApi(this, 'Api', { apiName: props.name, createDefaultStage: false });
  }

  /** Sends these paths to a function. */
  serve(name: string, handler: IFunction, routes: readonly FrontRoute[], reason: string): void {
    const integration = new HttpLambdaIntegration(`${name}Integration`, handler);
    for (const { path, throttle } of routes) {
      const routeKey = path === '$default' ? HttpRouteKey.DEFAULT : HttpRouteKey.with(path, HttpMethod.ANY);
      const route = new HttpRoute(this, `Route ${path}`, { httpApi: this.api, integration, routeKey });
      acknowledge(route, reason, ['AwsSolutions-APIG4']);
      this.routes.push({ route, key: path === '$default' ? path : `ANY ${path}`, throttle });
    }
  }

  /** Call last: throttles name routes that must exist. */
  deploy(props: { readonly stage: string; readonly logKey: IKey; readonly throttle: Throttle }): CfnStage {
    const accessLog = new LogGroup(this, 'AccessLog', {
      logGroupName: `/aws/vendedlogs/aftercare-${props.stage}-http`,
      retention: RetentionDays.THREE_MONTHS,
      encryptionKey: props.logKey,
      removalPolicy: RemovalPolicy.RETAIN,
    });
    const stage = new CfnStage(this, 'Stage', {
      apiId: this.api.apiId,
      stageName: '$default',
      autoDeploy: true,
      accessLogSettings: { destinationArn: accessLog.logGroupArn, format: accessLogFormat },
      defaultRouteSettings: {
        throttlingRateLimit: props.throttle.rate,
        throttlingBurstLimit: props.throttle.burst,
        detailedMetricsEnabled: true,
      },
      routeSettings: Object.fromEntries(
        this.routes.map(({ key, throttle }) => [
          key,
          {
            ThrottlingRateLimit: throttle.rate,
            ThrottlingBurstLimit: throttle.burst,
            DetailedMetricsEnabled: true,
          },
        ]),
      ),
    });
    for (const { route } of this.routes) stage.node.addDependency(route);
    return stage;
  }

  /** Serves the API under a host of the operator's own. Answers with the name that DNS must point to. */
  serveUnder(host: string, certificateArn: string, stage: CfnStage): string {
    const domain = new CfnDomainName(this, 'Domain', {
      domainName: host,
      domainNameConfigurations: [{ certificateArn, endpointType: 'REGIONAL', securityPolicy: 'TLS_1_2' }],
    });
    const mapping = new CfnApiMapping(this, 'Mapping', {
      apiId: this.api.apiId,
      domainName: domain.ref,
      stage: stage.ref,
    });
    mapping.addResourceDependency(stage);
    return domain.attrRegionalDomainName;
  }

  /** `https://…` without a slash at the end. */
  get url(): string {
    return `https://${this.api.apiId}.execute-api.${Stack.of(this).region}.amazonaws.com`;
  }
}
