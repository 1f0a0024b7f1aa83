/**
 * Glossary of all tables in Chinese, after Flink's Chinese documentation. What a person would look for in Flink, in its Web UI
 * or in a dump stays as it is printed there: Checkpoint, Savepoint, Barrier, Watermark, Source, Sink, Slot, TaskManager,
 * JobManager, Web UI, states of threads and jobs, keys of the configuration, names of classes, methods and threads.
 *
 * job 作业 · task 任务 · subtask 子任务 · operator 算子 · vertex 顶点 · parallelism 并行度 · state 状态 · state backend 状态后端 ·
 * back pressure 反压 · alignment 对齐 · heartbeat 心跳 · restart strategy 重启策略 · attempt 执行尝试 · key group 键组 ·
 * managed memory 托管内存 · network buffer 网络缓冲 · credit 信用额度 · loop 环 · head/tail of an iteration 迭代头/迭代尾 · feedback 反馈 ·
 * thread 线程 · lock 锁 · monitor 监视器锁 · deadlock 死锁 · stack 栈 · frame 栈帧 · thread dump 线程转储 · heap 堆 · heap dump 堆转储 ·
 * garbage collection 垃圾回收 (GC in names: GC 日志) · pause 停顿 · metaspace Metaspace · class loader 类加载器 · direct memory 直接内存 ·
 * exception 异常 · cause 原因 · finding 发现 · verdict 结论 · evidence 证据 · known issue 已知问题 · suspected 疑似 · unknown 未知
 *
 * Between Chinese and Latin letters or digits stands a blank; units (ms, s, min, h, KiB, %) are those of English.
 */
import type * as english from './words.en.ts';

export const CERTAINTY: typeof english.CERTAINTY = { proved: '', suspected: '疑似：', unknown: '未知：' };
