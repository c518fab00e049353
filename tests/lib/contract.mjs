// contract.mjs - holds every answer of the API against what its own OpenAPI document promises.
//
// It also notes which operation answered what, in a file per test file under build/tests/seen: the
// tests together have to see every operation do its work (tests/operations.test.mjs).
import { appendFileSync, mkdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import Ajv from 'ajv';
import addFormats from 'ajv-formats';
import { build } from './places.mjs';

export const seenDirectory = path.join(build, 'tests', 'seen');

// system/journey and e2e/journey are two files.
const seenFile = path.join(seenDirectory, (process.argv[1] ?? 'none').split(path.sep).slice(-2).join('-'));
mkdirSync(seenDirectory, { recursive: true });
rmSync(seenFile, { force: true });

/** A template as a pattern: {id} stands for one segment. */
const patternOf = (template) =>
    new RegExp(`^${template.replace(/[.]/g, '\\$&').replace(/\{[^}]+\}/g, '[^/]+')}$`);

/** The operations of a document: method, template, and what `paths` says of them. */
export const operationsOf = ({ paths }) => Object.entries(paths).flatMap(
    ([template, methods]) => Object.entries(methods).map(([method, operation]) => ({
        ...operation, method: method.toUpperCase(), template, pattern: patternOf(template),
    })));

const kindOf = (method, pathname) => `${method} ${pathname.split('/').length}`;

export class Contract {
    #ajv;
    #byKind = new Map();        // of hundreds of operations a request can be one of a few
    #validators = new Map();
    #noted = new Set();

    constructor(document) {
        this.document = document;
        for (const one of operationsOf(document)) {
            const kind = kindOf(one.method, one.template);
            this.#byKind.set(kind, [...this.#byKind.get(kind) ?? [], one]);
        }
        this.#ajv = new Ajv({ strict: true, allErrors: true });
        addFormats(this.#ajv);
        this.#ajv.addVocabulary(Object.keys(document));
        this.#ajv.addSchema(document, 'api');
    }

    /** What a reference of the document points at, or the thing itself when it is none. */
    resolve(thing) {
        return thing.$ref
            ? thing.$ref.slice(2).split('/').reduce((at, name) => at[name], this.document)
            : thing;
    }

    #validator({ $ref, ...inline }) {
        const key = $ref ?? JSON.stringify(inline);
        if (!this.#validators.has(key)) {
            this.#validators.set(key, this.#ajv.compile($ref ? { $ref: `api${$ref}` } : inline));
        }
        return this.#validators.get(key);
    }

    /** The operation of this request, or undefined: then nothing is there, or not that method. */
    find(method, pathname) {
        const wanted = method === 'HEAD' ? 'GET' : method;
        const fits = ({ pattern }) => pattern.test(pathname);
        // /sessions/current goes before /sessions/{id}.
        return (this.#byKind.get(kindOf(wanted, pathname)) ?? []).filter(fits)
            .sort((a, b) => a.template.split('{').length - b.template.split('{').length)[0];
    }

    #declared(operation, status) {
        const said = operation
            ? operation.responses[status]
            : [400, 404, 405].includes(status) && this.document.components.responses.Problem;
        return said && this.resolve(said);
    }

    /** What is wrong with an answer; empty when it is as declared. */
    faults(operation, { status, headers, body }, isHead = false) {
        const said = this.#declared(operation, status);
        if (!said) {
            return [`status ${status} is not declared`];
        }
        const faults = Object.keys(said.headers ?? {})
            .filter((name) => !headers.has(name)).map((name) => `lacks the header ${name}`);
        const [type, { schema } = {}] = Object.entries(said.content ?? {})[0] ?? [];
        const got = headers.get('content-type') ?? undefined;
        if (type === '*/*') {
            return faults; // bytes, of which the document says nothing
        }
        if (got !== type) {
            faults.push(`its type is ${got}, declared is ${type}`);
        } else if (type && !isHead) {
            const validate = this.#validator(schema);
            if (!validate(body)) {
                faults.push(...validate.errors.map(
                    (error) => `${error.instancePath || 'the body'} ${error.message} ${
                        JSON.stringify(error.params)}`));
            }
        } else if (!type && body !== '') {
            faults.push('has a body, and none is declared');
        }
        return faults;
    }

    /** Once: a file is opened for it, and there are thousands of answers. */
    #note(line) {
        if (line && !this.#noted.has(line)) {
            this.#noted.add(line);
            appendFileSync(seenFile, `${line}\n`);
        }
    }

    /** Throws when the answer is not as declared; notes that the operation gave it. */
    check(method, target, answer) {
        const operation = this.find(method, target.split('?')[0]);
        const faults = this.faults(operation, answer, method === 'HEAD');
        if (faults.length > 0) {
            throw new Error(`${method} ${target} answered ${answer.status}, not as declared: ${
                faults.join('; ')}\n${JSON.stringify(answer.body).slice(0, 2000)}`);
        }
        this.#note(operation && `${operation.operationId} ${answer.status}`);
    }
}

const contracts = new Map();

/** The contract of the set at this address; its document is fetched once. */
export function contractOf(url) {
    if (!contracts.has(url)) {
        contracts.set(url, fetch(`${url}/v1/openapi.json`)
            .then((response) => response.json()).then((document) => new Contract(document)));
    }
    return contracts.get(url);
}
