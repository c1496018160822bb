"""The addresses that readers meet."""

app_name = "drugs"
urlpatterns = []
