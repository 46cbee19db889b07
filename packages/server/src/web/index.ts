export { browserModules } from './browser-modules.ts';
export { BarTable, type ChartPoint, LineChart } from './charts.tsx';
export {
  ActionForm,
  Badge,
  Checkbox,
  Choices,
  Empty,
  Facts,
  Field,
  Notice,
  ProblemNotice,
  Select,
  Table,
} from './components.tsx';
export { issueText } from './issue-text.ts';
export { type Chrome, type PageInfo, renderPage } from './layout.tsx';
export { commonText } from './messages.ts';
export { problemPage } from './problem-page.tsx';
export { staticFiles } from './static-files.ts';
