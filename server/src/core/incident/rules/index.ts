import { blockedCall } from './blockedCall.ts';
import { cancelStuck } from './cancelStuck.ts';
import { checkpointExpired } from './checkpoints.ts';
import { convoy, lockHeld } from './convoy.ts';
import { deadlock } from './deadlock.ts';
import { firstFailure } from './firstFailure.ts';
import { healthy, ownFinding } from './health.ts';
import { hangingInitialisation, hiddenWait } from './hiddenWait.ts';
import { lostProcess } from './lostProcess.ts';
import { memoryExhausted } from './memory.ts';
import { metaspaceInGcLog } from './metaspaceLog.ts';
import { backPressure, skewedKey } from './pressure.ts';
import type { IncidentRule } from './rule.ts';
import { slotsMissing } from './slots.ts';

/** The joins of an incident. Their order does not matter: each conclusion has its rank. */
export const incidentRules: readonly IncidentRule[] = [
  deadlock,
  cancelStuck,
  lostProcess,
  memoryExhausted,
  metaspaceInGcLog,
  slotsMissing,
  checkpointExpired,
  firstFailure,
  hangingInitialisation,
  hiddenWait,
  convoy,
  blockedCall,
  skewedKey,
  backPressure,
  lockHeld,
  ownFinding,
  healthy,
];
