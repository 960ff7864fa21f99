// SNS's limits, with what we keep clear of them: https://docs.aws.amazon.com/sns/latest/api/API_PublishBatch.html

/** All forms, attributes and subject of a message; also of all messages of a batch. SNS takes 256 KiB, and counts its own way. */
export const MESSAGE_BYTES = 200 * 1024;

export const BATCH_MESSAGES = 10;

/** "Less than 100 characters", without line breaks; e-mail programs agree on ASCII only. */
export const SUBJECT_CHARACTERS = 99;
