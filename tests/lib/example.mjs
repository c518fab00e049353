// example.mjs - the smallest input that an operation takes, made from the API description.

const texts = { uuid: '00000000-0000-7000-8000-0000000000cc', date: '2030-01-31', 'date-time': '2030-01-31T12:00:00Z' };

/** A text of that pattern, of the few that proto/ has: letters, and digits in [0-9]{n}. */
const fitting = (pattern) => pattern.replace(/[$^]/g, '').replace(/\[0-9\]\{(\d+)\}|\[0-9\]/g, (_, count = 1) => '1'.repeat(count));

function value(document, shape) {
    if (shape.$ref) {
        return value(document, shape.$ref.split('/').slice(1).reduce((at, name) => at[name], document));
    }
    if (shape.allOf) {
        return value(document, shape.allOf[0]);
    }
    if (shape.enum) {
        return shape.enum[0];
    }
    switch (shape.type) {
        case 'object':
            return Object.fromEntries((shape.required ?? [])
                .filter((name) => !shape.properties[name].readOnly)
                .map((name) => [name, value(document, shape.properties[name])]));
        case 'array':
            return Array.from({ length: shape.minItems ?? 0 }, () => value(document, shape.items));
        case 'integer':
            return shape.minimum ?? 0;
        case 'boolean':
            return true;
        default:
            return texts[shape.format] ?? (shape.pattern ? fitting(shape.pattern) : 'x'.repeat(Math.max(shape.minLength ?? 1, 3)));
    }
}

/** Of the operation's body; {} when it has none, or is not over HTTP. */
export function example(document, operationId) {
    const operation = Object.values(document.paths).flatMap((each) => Object.values(each))
        .find((each) => each.operationId === operationId);
    const body = operation?.requestBody?.content?.['application/json']?.schema;
    return body ? value(document, body) : {};
}
