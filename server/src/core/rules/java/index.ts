import type { JavaModel } from '../../analysis/java/model.ts';
import type { Rule } from '../../model.ts';
import { blockingInFunction } from './blockingInFunction.ts';
import { callbackUnderLock } from './callbackUnderLock.ts';
import { clientNotClosed, fieldNotSerializable, sharedStatic } from './functionFields.ts';
import { interruptDropped } from './interruptDropped.ts';
import { lockOrder } from './lockOrder.ts';
import { missingUid } from './missingUid.ts';
import { staticInitializerWaits } from './staticInitializerWaits.ts';
import { closesComponentUnderLock, completesFutureUnderLock } from './underLock.ts';
import { waitingUnderLock } from './waitingUnderLock.ts';

/** The findings in Java source: for those who write Flink itself first, then for those who write jobs and connectors. */
export const javaRules: readonly Rule<JavaModel>[] = [
  callbackUnderLock,
  lockOrder,
  waitingUnderLock,
  completesFutureUnderLock,
  closesComponentUnderLock,
  blockingInFunction,
  interruptDropped,
  fieldNotSerializable,
  sharedStatic,
  clientNotClosed,
  staticInitializerWaits,
  missingUid,
];
