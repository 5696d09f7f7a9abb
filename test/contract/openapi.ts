import { readFileSync } from 'node:fs';
import { Ajv, type ValidateFunction } from 'ajv';
import addFormatsModule from 'ajv-formats';
import { parse } from 'yaml';
import { z } from 'zod';

const schemaHolder = z.object({ schema: z.unknown() });
const content = z.object({ 'application/json': schemaHolder.optional() });
const reference = z.object({ $ref: z.string() });
const parameter = z.union([reference, z.object({ name: z.string(), in: z.string() })]);
const response = z.union([reference, z.object({ content: content.optional() })]);
const operation = z.object({
  parameters: z.array(parameter).optional(),
  requestBody: z.object({ required: z.boolean().optional(), content }).optional(),
  responses: z.record(z.string(), response),
});
const pathItem = z.looseObject({
  get: operation.optional(),
  post: operation.optional(),
  patch: operation.optional(),
  put: operation.optional(),
  delete: operation.optional(),
});
const contract = z.object({
  paths: z.record(z.string(), pathItem),
  components: z.object({
    schemas: z.record(z.string(), z.unknown()),
    responses: z.record(z.string(), z.object({ content: content.optional() })),
    parameters: z.record(z.string(), z.object({ name: z.string(), in: z.string() })),
  }),
});

type Operation = z.infer<typeof operation>;

const source = readFileSync(new URL('graph-openapi-subset.yaml', import.meta.url), 'utf8');
const graph = contract.parse(parse(source));

const ajv = new Ajv({ strict: false, allErrors: true, validateFormats: true });
addFormatsModule.default(ajv);
ajv.addSchema({ $id: 'graph', components: { schemas: graph.components.schemas } });

const validators = new Map<string, ValidateFunction>();
const methods = new Set(['get', 'post', 'patch', 'put', 'delete']);

/**
 * What is wrong with an answer, by Microsoft's OpenAPI. `path` may be a whole address, with or
 * without `/v1.0`; `body` is the parsed JSON, or `undefined` where there was none.
 */
export function responseProblems(
  method: string,
  path: string,
  status: number,
  body: unknown,
): string[] {
  const found = operationFor(method, path);
  if (found === undefined) return [`${method} ${path} is not in the contract`];
  const documented = responseFor(found.operation, status);
  if (documented === undefined) {
    return [`${method} ${found.template} does not answer ${status}`];
  }
  const { schema } = documented;
  if (schema === undefined) {
    return isNothing(body) ? [] : [`${status} of ${method} ${found.template} has no body`];
  }
  if (isNothing(body)) return [`${status} of ${method} ${found.template} lacks its body`];
  return [...schemaProblems(schema, body), ...linkProblems(found.template, status, body)];
}

/**
 * What is wrong with a request, by Microsoft's OpenAPI: an unknown path or query option, or a
 * body that does not fit.
 */
export function requestProblems(method: string, path: string, body?: unknown): string[] {
  const found = operationFor(method, path);
  if (found === undefined) return [`${method} ${path} is not in the contract`];
  return [...queryProblems(found.operation, path), ...bodyProblems(found, method, body)];
}

/** What is wrong with what Graph sends to a subscriber, by Microsoft's OpenAPI. */
export function notificationProblems(body: unknown): string[] {
  return schemaProblems({ $ref: '#/components/schemas/changeNotificationCollection' }, body);
}

function bodyProblems(
  found: { template: string; operation: Operation },
  method: string,
  body: unknown,
): string[] {
  const { requestBody } = found.operation;
  if (requestBody === undefined) {
    return isNothing(body) ? [] : [`${method} ${found.template} takes no body`];
  }
  if (isNothing(body)) {
    return requestBody.required === true ? [`${method} ${found.template} lacks its body`] : [];
  }
  const schema = requestBody.content['application/json']?.schema;
  return schema === undefined ? [] : schemaProblems(schema, body);
}

function queryProblems({ parameters = [] }: Operation, path: string): string[] {
  const known = new Set(
    parameters
      .map((each) => ('$ref' in each ? resolveParameter(each.$ref) : each))
      .filter((each) => each.in === 'query')
      .map((each) => each.name),
  );
  return [...addressOf(path).searchParams.keys()]
    .filter((name) => !known.has(name))
    .map((name) => `the query option ${name} is not in the contract`);
}

function operationFor(
  method: string,
  path: string,
): { template: string; operation: Operation } | undefined {
  const verb = method.toLowerCase();
  if (!methods.has(verb)) return undefined;
  const segments = segmentsOf(path);
  const matching = Object.entries(graph.paths)
    .filter(([template]) => fits(template.split('/').slice(1), segments))
    .sort(([one], [other]) => parametersIn(one) - parametersIn(other));
  for (const [template, item] of matching) {
    const operation = item[verb as 'get'];
    if (operation !== undefined) return { template, operation };
  }
  return undefined;
}

function segmentsOf(path: string): string[] {
  const plain = decodeURIComponent(addressOf(path).pathname)
    .replace(/^\/v1\.0(?=\/)/, '')
    .replace(/^\/sites\/[^/:]+:\/[^:]+(?::(?=\/|$))?/, '/sites/site-by-address')
    .replace(/\(\)$/, '')
    .replace(/\/$/, '');
  return plain.split('/').slice(1);
}

function addressOf(path: string): URL {
  return new URL(path, 'http://127.0.0.1');
}

function fits(template: readonly string[], segments: readonly string[]): boolean {
  return (
    template.length === segments.length &&
    template.every((part, index) => part.startsWith('{') || part === segments[index])
  );
}

function parametersIn(template: string): number {
  return template.split('{').length;
}

function responseFor(operation: Operation, status: number): { schema: unknown } | undefined {
  const exact = operation.responses[String(status)];
  const fallback = status >= 400 ? operation.responses['default'] : operation.responses['2XX'];
  const documented = exact ?? fallback;
  if (documented === undefined) return undefined;
  const whole = '$ref' in documented ? resolveResponse(documented.$ref) : documented;
  return { schema: whole.content?.['application/json']?.schema };
}

function resolveResponse(pointer: string): { content?: z.infer<typeof content> | undefined } {
  return required(graph.components.responses[lastPart(pointer)], pointer);
}

function resolveParameter(pointer: string): { name: string; in: string } {
  return required(graph.components.parameters[lastPart(pointer)], pointer);
}

function lastPart(pointer: string): string {
  return pointer.split('/').at(-1) ?? pointer;
}

function required<Value>(value: Value | undefined, pointer: string): Value {
  if (value === undefined) throw new Error(`The contract has no ${pointer}.`);
  return value;
}

function schemaProblems(schema: unknown, body: unknown): string[] {
  const validate = validatorFor(schema);
  if (validate(body)) return [];
  return (validate.errors ?? []).map(
    ({ instancePath, message }) => `${instancePath || 'the body'} ${message}`,
  );
}

function validatorFor(schema: unknown): ValidateFunction {
  // References in a path point into the same document, which ajv knows as `graph`.
  const text = JSON.stringify(schema).replaceAll('"$ref":"#/', '"$ref":"graph#/');
  const known = validators.get(text);
  if (known !== undefined) return known;
  const validate = ajv.compile(JSON.parse(text) as object);
  validators.set(text, validate);
  return validate;
}

/** Delta ends a page with exactly one of the two links, which a schema cannot say. */
function linkProblems(template: string, status: number, body: unknown): string[] {
  if (!template.endsWith('/delta') || status !== 200) return [];
  const links = ['@odata.nextLink', '@odata.deltaLink'].filter((name) => Object(body)[name]);
  return links.length === 1 ? [] : [`a delta page has one link, not ${links.length}`];
}

function isNothing(body: unknown): boolean {
  return body === undefined || body === '';
}
