const bounds = [5, 10, 25, 50, 100, 250, 500, 1000, 2500, 5000]

/** Counts and times of answers by route, in the text format that Prometheus reads. */
export function metrics() {
  const answers = new Map<string, number>()
  const times = new Map<string, { sum: number; count: number; buckets: number[] }>()
  return {
    answered(route: string | null, method: string, status: number, ms: number): void {
      const key = `route="${route ?? 'none'}",method="${method}",status="${status}"`
      answers.set(key, (answers.get(key) ?? 0) + 1)
      const name = route ?? 'none'
      const time = times.get(name) ?? { sum: 0, count: 0, buckets: bounds.map(() => 0) }
      time.sum += ms
      time.count += 1
      bounds.forEach((bound, index) => {
        if (ms <= bound) time.buckets[index]! += 1
      })
      times.set(name, time)
    },
    text(): string {
      const memory = process.memoryUsage()
      return [
        '# TYPE quipu_answers_total counter',
        ...[...answers].map(([labels, count]) => `quipu_answers_total{${labels}} ${count}`),
        '# TYPE quipu_answer_seconds histogram',
        ...[...times].flatMap(([route, { sum, count, buckets }]) => [
          ...bounds.map(
            (bound, index) => `quipu_answer_seconds_bucket{route="${route}",le="${bound / 1000}"} ${buckets[index]}`,
          ),
          `quipu_answer_seconds_bucket{route="${route}",le="+Inf"} ${count}`,
          `quipu_answer_seconds_sum{route="${route}"} ${sum / 1000}`,
          `quipu_answer_seconds_count{route="${route}"} ${count}`,
        ]),
        '# TYPE process_resident_memory_bytes gauge',
        `process_resident_memory_bytes ${memory.rss}`,
        '# TYPE process_uptime_seconds gauge',
        `process_uptime_seconds ${process.uptime()}`,
        '',
      ].join('\n')
    },
  }
}
