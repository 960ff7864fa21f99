import { cloudwatch } from './cloudwatch/service.ts';
import { dynamodb } from './dynamodb/service.ts';
import { ec2 } from './ec2/service.ts';
import { eks } from './eks/service.ts';
import type { AwsService } from './http/service.ts';
import { secretsManager } from './secretsmanager/service.ts';
import { sns } from './sns/service.ts';
import { sqs } from './sqs/service.ts';
import { sts } from './sts/service.ts';

/** By the name that a signature's scope gives a service. */
export const SERVICES: Readonly<Record<string, AwsService>> = {
  ec2,
  eks,
  sts,
  sns,
  sqs,
  dynamodb,
  monitoring: cloudwatch,
  secretsmanager: secretsManager,
};
