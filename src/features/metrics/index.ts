export { metricColumns } from './metric-columns.tsx';
export { MetricFigure } from './metric-figure.tsx';
