import { describe, expect, it } from 'vitest';
import { readConfig } from '../src/config.ts';

const ENDPOINT = { OTEL_EXPORTER_OTLP_ENDPOINT: 'https://collector.example.com/otlp/' };

describe('the configuration of tracing', () => {
  it('is none without an endpoint', () => {
    expect(readConfig({ OTEL_SERVICE_NAME: 'billing' }).tracing).toBeNull();
  });

  it('has a name, no headers and every trace by default', () => {
    expect(readConfig(ENDPOINT).tracing).toEqual({
      tracesUrl: 'https://collector.example.com/otlp/v1/traces',
      headers: {},
      serviceName: 'billing-gateway',
      sampleRatio: 1,
    });
  });

  it('takes what it is given', () => {
    const tracing = readConfig({
      ...ENDPOINT,
      OTEL_EXPORTER_OTLP_HEADERS: 'authorization=Basic%20abc%3D, x-tenant=one=two',
      OTEL_SERVICE_NAME: 'billing',
      OTEL_TRACES_SAMPLER_ARG: '0.25',
    }).tracing;
    expect(tracing).toMatchObject({
      headers: { authorization: 'Basic abc=', 'x-tenant': 'one=two' },
      serviceName: 'billing',
      sampleRatio: 0.25,
    });
  });

  it.each([
    ['OTEL_EXPORTER_OTLP_ENDPOINT', 'collector.example.com'],
    ['OTEL_EXPORTER_OTLP_ENDPOINT', 'https://user:canary@collector.example.com'],
    ['OTEL_EXPORTER_OTLP_HEADERS', 'canary'],
    ['OTEL_EXPORTER_OTLP_HEADERS', 'name=%0Acanary'],
    ['OTEL_EXPORTER_OTLP_HEADERS', 'name=%canary'],
    ['OTEL_TRACES_SAMPLER_ARG', '2'],
    ['OTEL_TRACES_SAMPLER_ARG', 'canary'],
  ])('refuses %s=%s, and does not show it', (name, value) => {
    let message = '';
    try {
      readConfig({ ...ENDPOINT, [name]: value });
    } catch (error) {
      message = error instanceof Error ? error.message : '';
    }
    expect(message).toContain(`- ${name}: `);
    expect(message).not.toContain(value);
  });
});

describe('the configuration of operation', () => {
  it('gives a request its whole time and more to drain', () => {
    expect(readConfig({}).drainTimeoutMs).toBe(20_000);
    expect(readConfig({ REQUEST_TIMEOUT_MS: '30000' }).drainTimeoutMs).toBe(35_000);
    expect(readConfig({ DRAIN_TIMEOUT_MS: '1000' }).drainTimeoutMs).toBe(1000);
  });

  it('serves metrics on a port of their own where it is told to', () => {
    expect(readConfig({}).metricsPort).toBeNull();
    expect(readConfig({ METRICS_PORT: '9464' }).metricsPort).toBe(9464);
  });
});
