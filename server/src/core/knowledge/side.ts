/** Which side of Flink wrote a record, as far as its logger tells. */
export type Side = 'TM' | 'JM' | 'client';
