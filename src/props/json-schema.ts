/** What ofn reads of a node of schema.json. */
export interface SchemaNode {
  $schema?: string | undefined;
  title?: string | undefined;
  $ref?: string;
  description?: string | undefined;
  examples?: unknown[] | undefined;
  type?: string;
  definitions?: Record<string, SchemaNode>;
  enum?: (string | number)[];
  anyOf?: SchemaNode[];
  allOf?: SchemaNode[];
  required?: string[];
  not?: SchemaNode;
  if?: SchemaNode;
  then?: SchemaNode;
  else?: SchemaNode;
  properties?: Record<string, SchemaNode>;
  items?: SchemaNode;
  additionalProperties?: SchemaNode | boolean;
  minimum?: number;
  maximum?: number;
  minLength?: number;
  maxLength?: number;
  maxItems?: number;
  pattern?: string | undefined;
}
