"""Everything that was measured on one course, as one HTML file that loads nothing."""

from preceptor.evaluate.course_report.page import CourseFacts, course_report
from preceptor.evaluate.course_report.run_file import RunFile

__all__ = ["CourseFacts", "RunFile", "course_report"]
