import { isFields, type Params } from '../http/param.ts';

/** A received message as Lambda hands it to a function. */
export function sqsRecord(message: Params, queueArn: string) {
  const { MessageAttributes } = message;
  const attributes = Object.entries(isFields(MessageAttributes) ? MessageAttributes : {}).map(([name, value]) => {
    const { DataType, StringValue, BinaryValue } = isFields(value) ? value : {};
    return [name, { stringValue: StringValue, binaryValue: BinaryValue, stringListValues: [], binaryListValues: [], dataType: DataType }];
  });
  return {
    messageId: message.MessageId,
    receiptHandle: message.ReceiptHandle,
    body: message.Body,
    attributes: message.Attributes,
    messageAttributes: Object.fromEntries(attributes),
    md5OfBody: message.MD5OfBody,
    eventSource: 'aws:sqs',
    eventSourceARN: queueArn,
    awsRegion: queueArn.split(':')[3],
  };
}
