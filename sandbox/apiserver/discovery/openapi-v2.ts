/**
 * The least document that kubectl before 1.32 accepts at `/openapi/v2`, in the only encoding that it reads.
 * It fetches the document before an apply and looks only for built-in types in it.
 * Field numbers: google/gnostic, openapiv2/OpenAPIv2.proto.
 */
export function openApiV2(): Buffer {
  const info = Buffer.concat([field(1, Buffer.from('Kubernetes')), field(2, Buffer.from('sandbox'))]);
  const nothing = Buffer.alloc(0);
  return Buffer.concat([field(1, Buffer.from('2.0')), field(2, info), field(8, nothing), field(9, nothing)]);
}

export const openApiV2Type = 'application/com.github.proto-openapi.spec.v2.v1.0+protobuf';

/** A length-delimited protobuf field; all lengths here fit into seven bits. */
function field(number: number, content: Buffer): Buffer {
  return Buffer.concat([Buffer.of((number << 3) | 2, content.length), content]);
}
